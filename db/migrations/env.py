"""Runs migrations on the connection that the caller has begun a transaction on; never opens one of its own."""

from alembic import context
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (registers the tables that autogenerate compares with)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()

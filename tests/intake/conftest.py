"""Makes the builders of small files importable; tests are imported one by one, without their folder."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

"""Quality and speed, measured. `make bench` runs everything; `python -m benchmarks NAME` one of them."""

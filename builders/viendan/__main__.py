"""Run ``python -m viendan``."""

from viendan.cli import main

if __name__ == "__main__":
    main()

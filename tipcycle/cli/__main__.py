"""`python -m tipcycle.cli` is the command `tipcycle`."""

import sys

from tipcycle.cli import main

sys.exit(main())

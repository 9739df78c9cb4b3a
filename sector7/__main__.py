"""Entry point of `sector7` and `python -m sector7`. Written so that any Python 3 can read it and say what is wrong."""

import sys


def main():  # type: () -> None
    """Run the command line; on a Python older than 3.11 say so in one line and exit with code 3."""
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "sector7: needs Python 3.11 or newer, this is %d.%d: install a newer python3 and run it with that\n"
            % sys.version_info[:2]
        )
        raise SystemExit(3)
    try:
        from sector7.cli import main as start

        start()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()

"""`python -m pipeline` is `hdw`."""

from pipeline.cli import main

if __name__ == "__main__":
    main()

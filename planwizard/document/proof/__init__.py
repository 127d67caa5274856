"""Read a finished file back and say what is wrong with it: Word in ``word``, PDF in ``paper``, HTML in ``page``."""

"""A small invented e-learning site with known barriers, for tests over real sockets."""

"""Dynamic programmes out of networks: local iterations, the aligned network, the distiller and its costs."""

"""Decision trees out of networks: probing, search, exact programme, the tree and its drawing."""

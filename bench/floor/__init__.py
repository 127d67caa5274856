"""A bare Django site beside the product, for P7: same database, same server, Django's own middleware, one page."""

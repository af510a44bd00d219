"""The product as a coordinator meets it: in a browser."""

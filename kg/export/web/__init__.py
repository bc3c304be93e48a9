"""The page that opens in a browser from disk: text, picture and tables in one file."""

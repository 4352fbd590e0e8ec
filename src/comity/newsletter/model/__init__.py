"""What a publication is made of: plain data that knows no files, screens or networks."""

"""What readers write back: read once, matched to what they mean, published only with consent."""

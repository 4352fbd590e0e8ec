"""What lying could gain: found from below, bounded from above, exact for finite types."""

"""Every write of the room. Each refused step raises RuleBroken with words that say what to do."""

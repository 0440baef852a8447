"""holdshort"""

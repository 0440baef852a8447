print("holdshort")

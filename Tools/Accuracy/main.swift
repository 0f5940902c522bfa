print("usage: accuracy labels.json")

print("sterling")

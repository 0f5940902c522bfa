import SourceText

/// What every JSON report of version 1 begins with, up to the list of what it is about.
func jsonOpening(toolVersion: String, list: String) -> [UInt8] {
  var tool = JSONWriter()
  tool.object { json in
    json.member("name", "sterling")
    json.member("version", toolVersion)
  }
  return Array(#"{"version": 1, "tool": "#.utf8) + tool.bytes + Array(", \"\(list)\": [".utf8)
}

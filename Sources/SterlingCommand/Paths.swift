#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The working directory; `/` when it is gone.
func workingFolder() -> String {
  guard let path = getcwd(nil, 0) else { return "/" }
  defer { free(path) }
  return String(cString: path)
}

/// The absolute path without links and dots; of what does not exist, the path as far as it can be told without looking.
func absolutePath(_ path: String) -> String {
  if let resolved = realpath(path, nil) {
    defer { free(resolved) }
    return String(cString: resolved)
  }
  var parts: [Substring] = []
  for part in (path.hasPrefix("/") ? path : workingFolder() + "/" + path).split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}

/// The folder that holds an absolute path; `/` holds itself.
func parentFolder(_ path: String) -> String {
  guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
  return String(path[..<slash])
}

/// Whether an absolute path is a folder or lies in it.
func lies(_ path: String, in folder: String) -> Bool {
  path == folder || folder == "/" || path.hasPrefix(folder + "/")
}

/// The way from a folder to a path, both absolute; `.` for the folder itself.
func relativePath(_ path: String, from folder: String) -> String {
  let target = path.split(separator: "/")
  let start = folder.split(separator: "/")
  var common = 0
  while common < min(target.count, start.count), target[common] == start[common] { common += 1 }
  let steps = [Substring](repeating: "..", count: start.count - common) + target[common...]
  return steps.isEmpty ? "." : steps.joined(separator: "/")
}

/// The folder of a project's files: the project itself, or for a single page the folder that holds it.
func folder(ofProject path: String) -> String {
  let absolute = absolutePath(path)
  return isFolder(absolute) ? absolute : parentFolder(absolute)
}

/// The nearest folder at or above one that holds a `.git`; `nil` when none does.
func repositoryRoot(above folder: String) -> String? {
  var folder = folder
  while true {
    if access(folder == "/" ? "/.git" : folder + "/.git", F_OK) == 0 { return folder }
    if folder == "/" { return nil }
    folder = parentFolder(folder)
  }
}

/// The repository that a project belongs to.
///
/// A project may hold a `.git` of its own, which says nothing of the repository around it; only when nothing lies around it, or when
/// the user stands in it, does its own count.
func repositoryRoot(ofProject folder: String) -> String? {
  if lies(workingFolder(), in: folder) { return repositoryRoot(above: folder) }
  return repositoryRoot(above: parentFolder(folder)) ?? repositoryRoot(above: folder)
}

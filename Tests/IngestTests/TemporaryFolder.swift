#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that goes when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/sterling-ingest-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  struct Failure: Error { var code: Int32 }

  func folder(_ name: String) throws {
    var current = path
    for part in name.split(separator: "/") {
      current += "/" + part
      guard mkdir(current, 0o755) == 0 || errno == EEXIST else { throw Failure(code: errno) }
    }
  }

  func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

  func write(_ name: String, bytes: [UInt8]) throws {
    if let slash = name.lastIndex(of: "/") { try folder(String(name[..<slash])) }
    try write(name: Array(name.utf8), bytes)
  }

  func write(name: [UInt8], _ bytes: [UInt8]) throws {
    let full = Array(path.utf8) + [0x2F] + name + [0]
    let file = full.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { fopen($0, "w") }
    }
    guard let file else { throw Failure(code: errno) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func link(_ name: String, to target: String) throws {
    guard symlink(target, path + "/" + name) == 0 else { throw Failure(code: errno) }
  }

  func pipe(_ name: String) throws {
    guard mkfifo(path + "/" + name, 0o644) == 0 else { throw Failure(code: errno) }
  }

  /// Makes a file that seems to hold `count` bytes and takes no room.
  func sparse(_ name: String, count: Int) throws {
    try write(name, "")
    guard truncate(path + "/" + name, off_t(count)) == 0 else { throw Failure(code: errno) }
  }

  private static func remove(_ path: String) {
    var record = stat()
    guard lstat(path, &record) == 0 else { return }
    guard record.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 1) { start in
            var bytes: [CChar] = []
            var index = 0
            while start[index] != 0 {
              bytes.append(start[index])
              index += 1
            }
            return bytes
          }
        }
        if name == [0x2E] || name == [0x2E, 0x2E] { continue }
        if let text = String(validating: name, as: Unicode.UTF8.self) {
          remove(path + "/" + text)
        } else {
          let full = Array(path.utf8).map { CChar(bitPattern: $0) } + [0x2F] + name + [0]
          unlink(full)
        }
      }
      closedir(folder)
    }
    rmdir(path)
  }
}

extension String {
  fileprivate init?(validating bytes: [CChar], as encoding: Unicode.UTF8.Type) {
    self.init(validating: bytes.map { UInt8(bitPattern: $0) }, as: encoding)
  }
}

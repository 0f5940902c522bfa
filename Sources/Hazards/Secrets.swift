import Ingest
import SourceText

/// Credentials that stand in files: those whose form their issuer made recognisable, and long random values under a name that
/// says so.
public enum Secrets {
  struct Form {
    var subject: String
    var prefix: String
    /// How many characters of the alphabet must follow, at least.
    var length: Int
    /// Characters besides letters and digits.
    var extra = "_-"
  }

  static let forms: [Form] = [
    Form(subject: "AWS access key", prefix: "AKIA", length: 16, extra: ""),
    Form(subject: "AWS access key", prefix: "ASIA", length: 16, extra: ""),
    Form(subject: "GitHub token", prefix: "ghp_", length: 36, extra: ""),
    Form(subject: "GitHub token", prefix: "gho_", length: 36, extra: ""),
    Form(subject: "GitHub token", prefix: "ghs_", length: 36, extra: ""),
    Form(subject: "GitHub token", prefix: "ghu_", length: 36, extra: ""),
    Form(subject: "GitHub token", prefix: "github_pat_", length: 50, extra: "_"),
    Form(subject: "GitLab token", prefix: "glpat-", length: 20),
    Form(subject: "Anthropic key", prefix: "sk-ant-", length: 30),
    Form(subject: "OpenAI key", prefix: "sk-proj-", length: 30),
    Form(subject: "OpenAI key", prefix: "sk-", length: 40),
    Form(subject: "Stripe key", prefix: "sk_live_", length: 20, extra: ""),
    Form(subject: "Stripe key", prefix: "rk_live_", length: 20, extra: ""),
    Form(subject: "Google key", prefix: "AIza", length: 35),
    Form(subject: "Slack token", prefix: "xoxb-", length: 20, extra: "-"),
    Form(subject: "Slack token", prefix: "xoxp-", length: 20, extra: "-"),
    Form(subject: "npm token", prefix: "npm_", length: 36, extra: ""),
    Form(subject: "Hugging Face token", prefix: "hf_", length: 32, extra: ""),
    Form(subject: "SendGrid key", prefix: "SG.", length: 50, extra: "_-."),
    Form(subject: "DigitalOcean token", prefix: "dop_v1_", length: 64, extra: ""),
  ]

  static func find(in project: Project) -> [Hazard] {
    project.files.filter { $0.role != .vendored }.flatMap { file in
      places(in: file.bytes).map { place in
        Hazard(
          .secret, place.subject, file: file.path, span: place.span,
          says: "\(article(place.subject)) stands in the file",
          shownAs: place.shown)
      }
    }
  }

  /// A text with every credential in it shortened to its beginning.
  public static func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    for place in places(in: bytes) where Int(place.span.start) >= index {
      result += bytes[index..<Int(place.span.start)] + Array(place.shown.utf8)
      index = Int(place.span.end)
    }
    return index == 0 ? text : String(decoding: result + bytes[index...], as: UTF8.self)
  }

  // MARK: Finding

  struct Place {
    var subject: String
    var span: ByteSpan
    var shown: String
  }

  static func places(in bytes: [UInt8]) -> [Place] {
    var result: [Place] = []
    var index = 0
    while index < bytes.count {
      if let place = formed(at: index, in: bytes) ?? privateKey(at: index, in: bytes) ?? named(at: index, in: bytes) {
        result.append(place)
        index = max(index + 1, Int(place.span.end))
      } else {
        index += 1
      }
    }
    return result
  }

  private static let firstBytes: Set<UInt8> = Set(forms.compactMap { $0.prefix.utf8.first })

  private static func formed(at index: Int, in bytes: [UInt8]) -> Place? {
    guard firstBytes.contains(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else { return nil }
    for form in forms where bytes[index...].starts(with: form.prefix.utf8) {
      let start = index + form.prefix.utf8.count
      let extra = Array(form.extra.utf8)
      var end = start
      while end < bytes.count, end - start < 400, isLetterOrDigit(bytes[end]) || extra.contains(bytes[end]) { end += 1 }
      guard end - start >= form.length, isRandom(bytes[start..<end]) else { continue }
      // Words joined by hyphens have the length and the letters, but hardly a digit.
      guard form.length < 20 || bytes[start..<end].contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { continue }
      return Place(
        subject: form.subject, span: ByteSpan(index, end), shown: form.prefix + "…")
    }
    return nil
  }

  private static func privateKey(at index: Int, in bytes: [UInt8]) -> Place? {
    guard bytes[index] == 0x2D, bytes[index...].starts(with: "-----BEGIN ".utf8) else { return nil }
    let head = bytes[index..<min(bytes.count, index + 60)]
    let text = String(decoding: head, as: UTF8.self)
    guard text.contains("PRIVATE KEY-----") else { return nil }
    // An armoured key without a body is a placeholder or a comparison.
    let body = bytes[min(bytes.count, index + 28)..<min(bytes.count, index + 160)]
    guard body.count(where: { isLetterOrDigit($0) }) > 60 else { return nil }
    return Place(subject: "private key", span: ByteSpan(index, index + 27), shown: "-----BEGIN … PRIVATE KEY-----")
  }

  private static let names: [String] = [
    "secret", "apikey", "api_key", "api-key", "accesstoken", "access_token", "authtoken", "auth_token", "privatekey",
    "private_key", "clientsecret", "client_secret", "password", "passwd",
  ]

  /// A long random string right behind a name that says that it is secret: `apiKey: "..."`, `SECRET = '...'`.
  private static func named(at index: Int, in bytes: [UInt8]) -> Place? {
    let quote = bytes[index]
    guard quote == 0x22 || quote == 0x27 || quote == 0x60, index > 4 else { return nil }
    var end = index + 1
    while end < bytes.count, end - index < 300, isLetterOrDigit(bytes[end]) || "_-+/=.".utf8.contains(bytes[end]) {
      end += 1
    }
    let value = bytes[(index + 1)..<end]
    guard end < bytes.count, bytes[end] == quote, value.count >= 20, isRandom(value), mixesKinds(value) else {
      return nil
    }
    var before = index - 1
    while before >= 0, bytes[before] == 0x20 { before -= 1 }
    guard before >= 0, bytes[before] == 0x3A || bytes[before] == 0x3D else { return nil }
    before -= 1
    while before >= 0, bytes[before] == 0x20 || bytes[before] == 0x22 || bytes[before] == 0x27 { before -= 1 }
    let name = String(decoding: bytes[max(0, before - 24)..<(before + 1)], as: UTF8.self).lowercased()
    guard names.contains(where: { name.hasSuffix($0) }) else { return nil }
    return Place(subject: "secret value", span: ByteSpan(index + 1, end), shown: "…")
  }

  /// Whether a value looks random rather than like a placeholder: enough different characters, no word for one.
  private static func isRandom(_ value: ArraySlice<UInt8>) -> Bool {
    guard Set(value).count >= min(10, value.count / 2) else { return false }
    let text = String(decoding: value, as: UTF8.self).lowercased()
    return !["example", "xxxx", "your", "placeholder", "changeme", "dummy", "1234567890abcdef", "insert"].contains {
      text.contains($0)
    }
  }

  /// Whether a value has digits and letters, not in the long runs that words have.
  private static func mixesKinds(_ value: ArraySlice<UInt8>) -> Bool {
    let digits = value.count { $0 >= 0x30 && $0 <= 0x39 }
    let letters = value.count { isLetterOrDigit($0) } - digits
    return digits >= 3 && letters >= 5 && !value.contains(0x2E)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || byte == 0x5F }

  private static func article(_ subject: String) -> String {
    "aeiou".contains(subject.prefix(1).lowercased()) ? "an \(subject)" : "a \(subject)"
  }
}

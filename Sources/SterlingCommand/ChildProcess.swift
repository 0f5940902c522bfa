import Dispatch
import Subprocess
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// How a child process ended.
enum ChildOutcome: Sendable {
  /// By itself.
  case exited(Int32, output: [UInt8], errors: String)
  /// By a signal.
  case signaled(Int32, errors: String)
  /// By us, since it took too long.
  case timedOut
  /// It never ran, or could not be listened to; why.
  case failed(String)
}

/// Runs a program and waits for its end, but no longer than it may take.
///
/// - Parameters:
///   - program: A path, or a name to be looked up.
///   - environment: Variables to set besides those of this process.
///   - outputLimit: The most bytes of standard output that are taken.
///   - timeLimit: In seconds; `nil` waits as long as it takes.
func runChild(
  _ program: String, _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
  outputLimit: Int = 1 << 29, timeLimit: Double? = nil
) async -> ChildOutcome {
  // A child that is gone before it has read its input must not take this process along.
  signal(SIGPIPE, SIG_IGN)
  var variables: [Environment.Key: String?] = [:]
  for (name, value) in environment {
    if let key = Environment.Key(rawValue: name) { variables[key] = value }
  }
  do {
    let result = try await run(
      program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
      environment: .inherit.updating(variables),
      input: .fileDescriptor(try fileToRead(input), closeAfterSpawningProcess: true), output: .sequence,
      error: .string(limit: 1 << 20)
    ) { child in
      try await listen(to: child, outputLimit: outputLimit, timeLimit: timeLimit)
    }
    let (output, stop) = result.closureResult
    switch (stop, result.terminationStatus) {
    case (.overdue, _): return .timedOut
    case (.talkative, _): return .failed("it printed more than \(outputLimit) bytes")
    case (nil, .exited(let code)): return .exited(code, output: output, errors: result.standardError)
    case (nil, .signaled(let signal)): return .signaled(signal, errors: result.standardError)
    }
  } catch {
    return .failed("\(error)")
  }
}

/// A file without a name that holds what a child is to read.
///
/// Not a pipe: nobody has to write while the child runs, so a child that is gone early leaves nothing half written behind.
private func fileToRead(_ bytes: [UInt8]) throws -> FileDescriptor {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var name = Array("\(folder)/sterling-XXXXXX".utf8CString)
  let number = mkstemp(&name)
  guard number >= 0 else { throw Errno(rawValue: errno) }
  let file = FileDescriptor(rawValue: number)
  do {
    guard unlink(name) == 0 else { throw Errno(rawValue: errno) }
    try file.writeAll(bytes)
    try file.seek(offset: 0, from: .start)
    return file
  } catch {
    try? file.close()
    throw error
  }
}

/// Why a child was ended by us.
private enum Stop { case overdue, talkative }

/// Takes what a child prints until it closes its output, and ends the child when that is too much or takes too long.
///
/// The child is killed by a signal, never by cancelling the task that listens: a cancellation can meet it before it runs its own
/// program, and then the listening breaks down.
private func listen<Failure>(
  to child: Execution<FileDescriptorInput, SequenceOutput, Failure>, outputLimit: Int,
  timeLimit: Double?
) async throws -> ([UInt8], Stop?) {
  let watch = Task {
    guard let timeLimit, (try? await Task.sleep(for: .seconds(timeLimit))) != nil else { return false }
    try? child.send(signal: .kill)
    return true
  }
  var output: [UInt8] = []
  var isTalkative = false
  for try await part in child.standardOutput {
    if output.count + part.count > outputLimit {
      isTalkative = true
      try? child.send(signal: .kill)
      break
    }
    part.withUnsafeBytes { output.append(contentsOf: $0) }
  }
  watch.cancel()
  let isOverdue = await watch.value
  return (output, isOverdue ? .overdue : isTalkative ? .talkative : nil)
}

/// Waits for what an asynchronous function gives.
func waiting<Value: Sendable>(for body: @escaping @Sendable () async -> Value) -> Value {
  let delivery = Delivery<Value>()
  Task.detached { delivery.put(await body()) }
  return delivery.take()
}

/// A value on its way from a task to a thread that waits for it.
private final class Delivery<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let arrived = DispatchSemaphore(value: 0)

  func put(_ new: Value) {
    value.withLock { $0 = new }
    arrived.signal()
  }

  func take() -> Value {
    while true {
      arrived.wait()
      if let value = value.withLock({ $0 }) { return value }
    }
  }
}

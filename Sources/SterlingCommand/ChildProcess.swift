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
      input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
    ) { child in
      try await attend(child, saying: input, outputLimit: outputLimit, timeLimit: timeLimit)
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

/// Why a child was ended by us.
private enum Stop { case overdue, talkative }

/// Gives a child its input, takes what it prints and waits for its end; ends it when that is too much or takes too long.
///
/// The child is killed by a signal, never by cancelling the task around it: a cancellation can meet it before it runs its own
/// program, and then a descriptor stays open and traps.
private func attend<Failure>(
  _ child: Execution<CustomWriteInput, SequenceOutput, Failure>, saying input: [UInt8], outputLimit: Int,
  timeLimit: Double?
) async throws -> ([UInt8], Stop?) {
  try await withThrowingTaskGroup(of: Bool.self) { group in
    group.addTask {
      // A child that is gone takes no more; how it ended is told by its status.
      _ = try? await child.standardInputWriter.write(input)
      try? await child.standardInputWriter.finish()
      return false
    }
    group.addTask {
      guard let timeLimit, (try? await Task.sleep(for: .seconds(timeLimit))) != nil else { return false }
      try? child.send(signal: .kill)
      return true
    }
    var output: [UInt8] = []
    var stop: Stop?
    for try await part in child.standardOutput {
      if output.count + part.count > outputLimit {
        stop = .talkative
        try? child.send(signal: .kill)
        break
      }
      part.withUnsafeBytes { output.append(contentsOf: $0) }
    }
    // A child that closes its output and runs on is still held to its time.
    var pause = 1
    while !hasEnded(child.processIdentifier.value) {
      try await Task.sleep(for: .milliseconds(pause))
      pause = min(pause * 2, 50)
    }
    group.cancelAll()
    for try await isOverdue in group where isOverdue { stop = .overdue }
    return (output, stop)
  }
}

/// Whether a child has ended; its status stays there to be taken.
private func hasEnded(_ child: pid_t) -> Bool {
  var info = siginfo_t()
  return waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo != 0
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

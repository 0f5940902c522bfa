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
  return await withTaskGroup(of: ChildOutcome.self) { group in
    group.addTask {
      await launch(program, arguments, environment: environment, input: input, outputLimit: outputLimit)
    }
    if let timeLimit {
      group.addTask {
        try? await Task.sleep(for: .seconds(timeLimit))
        return .timedOut
      }
    }
    // Cancelling ends the child; the group waits until it is gone.
    let first = await group.next() ?? .failed("it did not run")
    group.cancelAll()
    return first
  }
}

private func launch(
  _ program: String, _ arguments: [String], environment: [String: String], input: [UInt8], outputLimit: Int
) async -> ChildOutcome {
  var variables: [Environment.Key: String?] = [:]
  for (name, value) in environment {
    if let key = Environment.Key(rawValue: name) { variables[key] = value }
  }
  do {
    let result = try await run(
      program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
      environment: .inherit.updating(variables), input: .array(input), output: .bytes(limit: outputLimit),
      error: .string(limit: 1 << 20))
    switch result.terminationStatus {
    case .exited(let code): return .exited(code, output: result.standardOutput, errors: result.standardError)
    case .signaled(let signal): return .signaled(signal, errors: result.standardError)
    }
  } catch {
    return .failed("\(error)")
  }
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

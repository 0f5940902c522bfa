#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Computes `transform(0)`, `transform(1)`, ... on several threads and hands the results to `consume` in that order.
///
/// The number of results that wait for an earlier one is bounded, so memory does not grow with `count`. Threads have a stack of
/// their own size: parsers may recurse to a fixed limit whatever the platform's default stack is.
///
/// - Parameters:
///   - count: The number of results.
///   - threads: The number of threads; values below 1 count as 1.
///   - stackSizeInBytes: The stack of each thread.
///   - transform: Called once per index, on any of the threads.
///   - consume: Called once per index, in order, on the calling thread.
public func orderedMap<Value: Sendable>(
  count: Int, threads: Int, stackSizeInBytes: Int = 64 << 20, transform: @escaping @Sendable (Int) -> Value,
  consume: (Int, Value) throws -> Void
) rethrows {
  guard count > 0 else { return }
  let threads = min(max(threads, 1), count)
  let queue = ResultQueue<Value>(count: count, window: threads * 4)
  let workers = (0..<threads).compactMap { _ in
    startThread(stackSizeInBytes: stackSizeInBytes) {
      while let index = queue.claim() { queue.deliver(index, transform(index)) }
    }
  }
  defer {
    queue.close()
    for worker in workers { pthread_join(worker, nil) }
  }
  // Without a single thread the work is done here, on the caller's own stack.
  if workers.isEmpty {
    for index in 0..<count { try consume(index, transform(index)) }
    return
  }
  for index in 0..<count { try consume(index, queue.take(index)) }
}

/// The number of processors that this process may use.
public var availableProcessorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// Results on their way from the workers to the consumer.
private final class ResultQueue<Value: Sendable>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let count: Int
  private let window: Int
  private var claimed = 0
  private var taken = 0
  private var isClosed = false
  private var waiting: [Int: Value] = [:]

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(changed)
    lock.deallocate()
    changed.deallocate()
  }

  /// The next index to work on; waits while too many results lie unread; `nil` when there is no more work.
  func claim() -> Int? {
    locked {
      while !isClosed, claimed < count, claimed >= taken + window { pthread_cond_wait(changed, lock) }
      guard !isClosed, claimed < count else { return nil }
      claimed += 1
      return claimed - 1
    }
  }

  func deliver(_ index: Int, _ value: Value) {
    locked {
      waiting[index] = value
      pthread_cond_broadcast(changed)
    }
  }

  func take(_ index: Int) -> Value {
    locked {
      while true {
        if let value = waiting.removeValue(forKey: index) {
          taken = index + 1
          pthread_cond_broadcast(changed)
          return value
        }
        pthread_cond_wait(changed, lock)
      }
    }
  }

  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(changed)
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }
}

/// What a thread runs, boxed so that it can pass through C.
private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func startThread(stackSizeInBytes: Int, _ run: @escaping @Sendable () -> Void) -> pthread_t? {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSizeInBytes)
  let body = Unmanaged.passRetained(ThreadBody(run))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let status = pthread_create(&thread, &attributes, threadEntry, body.toOpaque())
  guard status == 0 else {
    body.release()
    return nil
  }
  return thread
}

#if canImport(Darwin)
  private func threadEntry(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#else
  private func threadEntry(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
  }
#endif

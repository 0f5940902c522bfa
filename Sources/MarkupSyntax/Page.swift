public import SourceText

/// What a browser does with a page: the scripts and styles that it loads, the handlers that it attaches, where its links lead.
///
/// These are facts of the page alone; which local files exist is for others to say.
public struct Page: Sendable {
  /// A `script` element.
  public struct Script: Hashable, Sendable {
    /// How a browser takes the element's type.
    public enum Kind: Hashable, Sendable {
      /// A classic script.
      case classic
      /// A module.
      case module
      /// A map of module specifiers.
      case importMap
      /// Rules for loading pages ahead.
      case speculationRules
      /// Data, never run: the type, in small letters.
      case data(type: String)
    }

    /// When a script runs.
    public enum Timing: String, Hashable, Sendable {
      /// At its place; the page waits.
      case blocking
      /// When the page is read, in order.
      case deferred
      /// Whenever it has arrived.
      case async
    }

    /// Why a browser does not run the element.
    public enum Obstacle: String, Hashable, Sendable {
      /// It is data.
      case data
      /// It lies in a template or in `noscript`.
      case inert
      /// It is for browsers without modules.
      case noModule
      /// It has neither an address nor text, or an empty address.
      case empty
      /// It is for an event that no browser sends any more (`for` and `event`).
      case event
    }

    /// The element.
    public var element: ElementID
    /// How a browser takes its type.
    public var kind: Kind
    /// Where the program is; `nil` for an inline one.
    public var source: Reference?
    /// The inline text, exactly; present even beside a source, which then wins.
    public var content: ByteSpan?
    /// When it runs.
    public var timing: Timing
    /// Why it does not run; `nil` when it does.
    public var obstacle: Obstacle?

    /// Whether a browser runs the program, or uses the import map.
    public var isReached: Bool { obstacle == nil }
  }

  /// A style sheet: a `style` element or a `link`.
  public struct Style: Hashable, Sendable {
    /// The element.
    public var element: ElementID
    /// Where the sheet is; `nil` for a `style` element.
    public var source: Reference?
    /// The sheet's text in the page, exactly; `nil` for a `link`.
    public var content: ByteSpan?
    /// The media that it is for, as written; `nil` for all.
    public var media: String?
    /// Whether a browser applies it when the media fit: it is no alternate or disabled sheet, of another type or inert.
    public var isReached: Bool
  }

  /// An attribute that holds a program or declarations.
  public struct InlineCode: Hashable, Sendable {
    /// The element.
    public var element: ElementID
    /// The attribute's name, such as `onclick` or `style`.
    public var name: String
    /// The program or the declarations, character references decoded.
    public var text: String
    /// The attribute's value in the page.
    public var span: ByteSpan
    /// Whether `text` stands at `span` byte for byte.
    public var isVerbatim: Bool
  }

  /// An attribute whose value is an address.
  public struct Link: Hashable, Sendable {
    /// What the browser does with the address.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
      /// A person follows it.
      case navigation
      /// A form is sent there.
      case submission
      /// A script is loaded.
      case script
      /// A style sheet is loaded.
      case style
      /// A module is loaded ahead.
      case modulePreload = "module-preload"
      /// Something else is loaded ahead.
      case preload
      /// The page's icon.
      case icon
      /// The page's manifest.
      case manifest
      /// A picture is shown.
      case image
      /// A sound or film is played.
      case media
      /// A page or object is embedded.
      case frame
      /// A text track.
      case track
      /// A part of a drawing is used (`use`, `textPath`, gradients).
      case part
      /// The browser tells others (canonical address, feeds, languages).
      case metadata
    }

    /// The element.
    public var element: ElementID
    /// The attribute's name.
    public var attribute: String
    /// What the address is for.
    public var purpose: Purpose
    /// The address.
    public var reference: Reference
  }

  /// The `base` address; `nil` without one.
  public var base: Reference?
  /// Every `script` element, in tree order.
  public var scripts: [Script] = []
  /// Every style sheet, in tree order.
  public var styles: [Style] = []
  /// Every `style` attribute.
  public var styleAttributes: [InlineCode] = []
  /// Every attribute that attaches an event handler.
  public var handlers: [InlineCode] = []
  /// Every address that is a program (`javascript:`).
  public var scriptLinks: [InlineCode] = []
  /// Every address, in tree order, those in templates too.
  public var links: [Link] = []
  /// The map of module specifiers that the page's import maps make together.
  public var importMap = ImportMap()
  /// What is wrong with the import maps and `base`.
  public var diagnostics: [Diagnostic] = []

  /// Reads off a document what a browser would load.
  ///
  /// - Complexity: O(*nodes* + *attributes*).
  public init(_ document: Document) {
    var reader = PageReader(document)
    reader.run()
    self = reader.page
  }

  init() {}
}

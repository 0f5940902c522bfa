import MarkupSyntax
import Testing

@Suite struct AccessibleNameTests {
  @Test(arguments: [
    ("<input id=t aria-label=' a  b '>", "a b", AccessibleName.Origin.label),
    ("<label for=t>Your <b>name</b></label><input id=t>", "Your name", .native),
    ("<label for=t aria-hidden=true>x <i hidden>y</i></label><input id=t>", "x y", .native),
    ("<label hidden>z <input id=t></label>", "z", .native),
    ("<i id=a>One <b hidden>no</b></i><input id=t aria-labelledby=a>", "One", .labelledBy),
    ("<i id=a style='display: none'>One <b hidden>Two</b></i><input id=t aria-labelledby=a>", "One Two", .labelledBy),
    ("<i id=a>One</i><nav id=t aria-labeledby=a></nav>", "One", .labelledBy),
    ("<h2 id=t>a <b style='visibility: hidden'>no <i style='visibility:visible'>b</i></b></h2>", "a b", .content),
    ("<h3 id=t><a href=# aria-labelledby=i>1</a> <a href=#>2 <img id=i alt=image> 3</a></h3>", "image 2 3", .content),
    ("<h2 id=t>one<!-- c -->word</h2>", "oneword", .content),
    (
      "<div id=t role=group aria-label=self aria-labelledby='t h'><h2 id=h>+ head</h2></div>", "self + head",
      .labelledBy
    ),
    ("<label>Mail <input id=t type=email></label>", "Mail", .native),
    ("<span id=a>One</span><span id=b hidden>Two</span><input id=t aria-labelledby='b a'>", "Two One", .labelledBy),
    ("<input id=t placeholder=p title=q>", "q", .title),
    ("<input id=t placeholder=p>", "p", .placeholder),
    ("<input id=t type=submit>", "Submit", .value),
    ("<input id=t type=submit value=Go>", "Go", .value),
    ("<button id=t><svg><title>Close</title><path/></svg></button>", "Close", .content),
    ("<button id=t><span aria-hidden=true>×</span>Shut</button>", "Shut", .content),
    ("<a id=t href=/><img alt='To the start'></a>", "To the start", .content),
    ("<img id=t alt=Moon>", "Moon", .alternative),
    ("<fieldset id=t><legend>Pick</legend></fieldset>", "Pick", .native),
    ("<h1 id=t><div>a</div><div>b</div></h1>", "a b", .content),
    ("<label for=t>Speed <input value=7></label><input id=t type=range>", "Speed 7", .native),
    ("<div id=t role=button>Press</div>", "Press", .content),
    ("<button id=t aria-label=A aria-labelledby='t x'>c</button><i id=x>B</i>", "A B", .labelledBy),
  ])
  func `an element has a name`(text: String, name: String, origin: AccessibleName.Origin) {
    let page = read(text)
    #expect(page.accessibleName(of: page.element(withID: "t")) == AccessibleName(text: name, origin: origin))
  }

  @Test(arguments: [
    "<input id=t>", "<label for=u>x</label><input id=t>", "<div id=t>x</div>", "<img id=t alt=''>",
    "<button id=t><span hidden>x</span></button>",
    "<input id=t type=checkbox placeholder=x>",
  ])
  func `an element has no name`(text: String) {
    let page = read(text)
    #expect(page.accessibleName(of: page.element(withID: "t")) == nil)
  }

  @Test func `references in a circle end`() {
    let page = read("<button id=t aria-labelledby=u>a</button><button id=u aria-labelledby=t>b</button>")
    #expect(page.accessibleName(of: page.element(withID: "t"))?.text == "b")
  }
}

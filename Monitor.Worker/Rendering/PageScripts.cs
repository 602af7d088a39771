namespace Monitor.Worker.Rendering;

/// <summary>The two scripts of ours that run in a page.</summary>
internal static class PageScripts
{
    /// <summary>Characters of a rendered tree; more than the page reader looks at.</summary>
    public const int LongestTree = 6 * 1024 * 1024;

    /// <summary>
    /// Before the page's own scripts: what would open windows, stay behind, or speak past the request interception says no, as a browser does that has it
    /// switched off. Comfort for the page, not the wall: that is the missing network.
    /// </summary>
    public const string Before = """
        (() => {
          const off = (owner, name, value) => { try { Object.defineProperty(owner, name, { value, configurable: false, writable: false }); } catch { } };
          for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'SharedWorker']) { try { delete globalThis[name]; } catch { } }
          off(globalThis, 'open', () => null);
          off(globalThis, 'print', () => undefined);
          if (globalThis.ServiceWorkerContainer) { off(ServiceWorkerContainer.prototype, 'register', () => Promise.reject(new DOMException('Service workers are off', 'SecurityError'))); }
        })();
        """;

    /// <summary>
    /// Before the page's own scripts, where pictures are wanted: its clock stands at the instant of the look and its chance is always the same. A script that
    /// waits for the clock to go on sees it go, after ten thousand looks at it.
    /// </summary>
    public static string Frozen(DateTimeOffset at) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
        (() => {
          const at = {{at.ToUnixTimeMilliseconds()}}, Real = Date;
          let looks = 0, seed = 20260101;
          const passed = () => Math.max(0, ++looks - 10000);
          globalThis.Date = class Date extends Real {
            constructor(...given) { if (given.length) { super(...given); } else { super(at + passed()); } }
            static now() { return at + passed(); }
          };
          Performance.prototype.now = () => passed();
          Math.random = () => { seed = seed * 16807 % 2147483647; return (seed - 1) / 2147483646; };
        })();
        """);

    /// <summary>Before pictures are taken: what moves comes to its end at once, what moves for ever stands where it began, no caret blinks.</summary>
    public const string Still = """
        (() => {
          for (const one of document.getAnimations({ subtree: true })) {
            try { const timing = one.effect && one.effect.getComputedTiming(); if (timing && Number.isFinite(timing.endTime)) { one.finish(); } else { one.cancel(); } } catch { }
          }
          const style = document.createElement('style');
          style.textContent = '*,*::before,*::after{animation:none!important;transition:none!important;caret-color:transparent!important;scroll-behavior:auto!important}';
          (document.head || document.documentElement).append(style);
        })()
        """;

    /// <summary>
    /// At the end, in a world of its own that the page's scripts cannot reach: the tree as it is shown. Shadow trees stand in their hosts' place with
    /// slots filled, what styles hide is marked hidden, templates and noscript are left out. Gives { url, html, cut }.
    /// </summary>
    public static string Serialise { get; } = """
        (limit => {
          const empty = new Set('area base br col embed hr img input link meta source track wbr param'.split(' '));
          const unseen = new Set('head title meta link script style base source track param area option br wbr'.split(' '));
          const text = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
          const value = s => s.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
          const out = ['<!DOCTYPE html>'];
          let size = 0, count = 0, cut = false;
          const put = s => { size += s.length; out.push(s); };
          const childrenOf = e => e.shadowRoot ? e.shadowRoot.childNodes : e.localName === 'slot' && e.assignedNodes().length ? e.assignedNodes({ flatten: true }) : e.childNodes;
          const stack = [[document.documentElement, false]];
          while (stack.length) {
            const [node, hiddenAbove] = stack.pop();
            if (typeof node === 'string') { put(node); continue; }
            if (count > 60000 || size > limit) { cut = true; continue; }
            count++;
            if (node.nodeType === 3) { put(text(node.data.slice(0, limit - size + 1))); continue; }
            if (node.nodeType !== 1) { continue; }
            const name = node.localName;
            if (name === 'template' || name === 'noscript') { continue; }
            let hidden = false;
            if (!hiddenAbove && !unseen.has(name)) {
              const style = getComputedStyle(node);
              hidden = style.display === 'none' || (style.visibility !== 'visible' && !node.firstElementChild);
            }
            let tag = '<' + name;
            for (const a of node.attributes) {
              if (a.name !== 'hidden' && a.value.length < 300000 && /^[^\s"'<>\/=]+$/.test(a.name)) { tag += ' ' + a.name + '="' + value(a.value) + '"'; }
            }
            put(tag + (hidden ? ' hidden="">' : '>'));
            if (empty.has(name)) { continue; }
            if (name === 'script' || name === 'style') {
              put(node.textContent.slice(0, 300000).replace(/<\/(script|style)/gi, '<\\/$1') + '</' + name + '>');
              continue;
            }
            stack.push(['</' + name + '>', false]);
            if (name === 'iframe') { continue; }
            const children = childrenOf(node);
            if (children.length > 60000) { cut = true; }
            for (let i = Math.min(children.length, 60000) - 1; i >= 0; i--) { stack.push([children[i], hiddenAbove || hidden]); }
          }
          return { url: location.href, html: out.join(''), cut };
        })(
        """ + LongestTree + ")";
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using Monitor.Rules.Matching;
using Monitor.Worker.Contacts;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>Who answers for an unknown host: asked of the configured RDAP servers and of nobody else.</summary>
internal static class PlatformContactsVerb
{
    public static Command Build(VerbSet verbs)
    {
        var url = new Argument<string>("url");
        var fetch = new Option<bool>("--fetch") { Description = verbs.Say("tải trang một lần để thấy mọi lần chuyển hướng", "look at the page once, so that every redirect shows") };
        var loopback = new Option<bool>("--allow-loopback-targets") { Hidden = true };
        return verbs.Read("contacts", "Ai chịu trách nhiệm về máy chủ lạ (RDAP)", "Who answers for an unknown host (RDAP)", [url, fetch, loopback], async (house, actor, parsed, token) =>
        {
            if (house.Desk.Configuration.Installation.Contacts.IsOff)
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Conflict, "contacts-off"));
            }

            var text = parsed.GetValue(url)!;
            if (!CanonicalUrl.TryCreate(text, UrlOptions.From(house.Desk.Configuration), out var canonical, out var problem))
            {
                return verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "bad-url", text, problem.ToString()));
            }

            var parts = await new PageHosts(house.Desk, house.Fetcher).OfAsync(canonical, actor.Scope, parsed.GetValue(fetch), token);
            foreach (var host in await house.Contacts.FindAsync(parts, token))
            {
                Tell(verbs, host);
            }

            return ExitCodes.Done;
        });
    }

    private static void Tell(VerbSet verbs, HostContacts host)
    {
        if (verbs.Context.Json)
        {
            verbs.Context.Line(new
            {
                host = host.Host,
                parts = host.Parts,
                resolved = host.Resolved,
                domain = host.Domain is null ? null : Answer(verbs, host.Domain),
                networks = host.Networks.Select(network => new { address = network.Address, answer = Answer(verbs, network.End) }),
                mailboxes = host.Mailboxes,
            });
            return;
        }

        var lines = new StringBuilder().Append(host.Host).Append(" (").AppendJoin(", ", host.Parts.Select(part => Part(verbs, part))).Append(')');
        if (host.Domain is not null)
        {
            lines.Append("\n  ").Append(verbs.Say("tên miền", "domain")).Append(": ").Append(Say(verbs, host.Domain));
        }

        foreach (var network in host.Networks)
        {
            lines.Append("\n  ").Append(verbs.Say("mạng của ", "network of ")).Append(network.Address).Append(": ").Append(Say(verbs, network.End));
        }

        if (!host.Resolved)
        {
            lines.Append("\n  ").Append(verbs.Say("tên này hiện không có địa chỉ", "the name has no address now"));
        }

        foreach (var box in host.Mailboxes)
        {
            lines.Append("\n  → ").Append(box.Address).Append(" (").AppendJoin(", ", box.Roles.Append(Source(verbs, box.Source))).Append(')');
            if (box.Name.Length > 0)
            {
                lines.Append(" – ").Append(box.Name);
            }

            if (box.Phones.Count > 0)
            {
                lines.Append(" – ").AppendJoin(", ", box.Phones);
            }
        }

        verbs.Context.Out.WriteLine(CliContext.Clean(lines.ToString()));
    }

    private static object Answer(VerbSet verbs, RdapEnd end) => end is RdapEnd.Found found
        ? new { end = "found", asked = found.Asked, name = found.Record.Name, handle = found.Record.Handle, country = found.Record.Country, redacted = found.Record.Redacted, unusableMails = found.Record.UnusableMails, contacts = found.Record.Contacts }
        : new { end = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(end.GetType().Name), message = Say(verbs, end) };

    private static string Say(VerbSet verbs, RdapEnd end) => end switch
    {
        RdapEnd.Found { Record: var record } found => string.Join("; ", new[]
        {
            record.Name.Length > 0 ? record.Name : found.Asked,
            record.Handle,
            record.Country,
            record.Redacted ? verbs.Say("một phần dữ liệu bị che", "some data are redacted") : "",
            record.UnusableMails > 0 ? verbs.Say($"{record.UnusableMails} địa chỉ thư không dùng được", $"{record.UnusableMails} mail addresses cannot be used") : "",
            record.Contacts.Any(contact => contact.Mails.Count > 0) ? "" : verbs.Say("không có địa chỉ thư", "no mail address"),
        }.Where(part => part.Length > 0)),
        RdapEnd.NotFound => verbs.Say("máy chủ RDAP không biết", "not known to the RDAP server"),
        RdapEnd.Throttled throttled => verbs.Say("máy chủ RDAP yêu cầu chờ", "the RDAP server asks to wait") + (throttled.RetryAfter is { } wait ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Max(0, (int)wait.TotalSeconds)} s)") : ""),
        RdapEnd.Refused refused => verbs.Say($"máy chủ RDAP trả lời {refused.Status}", $"the RDAP server answered {refused.Status}"),
        RdapEnd.TimedOut => verbs.Say("máy chủ RDAP không trả lời kịp", "the RDAP server did not answer in time"),
        RdapEnd.TooLarge => verbs.Say("câu trả lời lớn hơn 1 MB", "the answer is larger than 1 MB"),
        RdapEnd.Malformed => verbs.Say("câu trả lời không đọc được", "the answer cannot be read"),
        RdapEnd.RedirectedElsewhere elsewhere => verbs.Say($"máy chủ RDAP chỉ sang {elsewhere.Host}, chưa được cấu hình nên không hỏi", $"the RDAP server points to {elsewhere.Host}, which is not configured and was not asked"),
        RdapEnd.TooManyRedirects => verbs.Say("chuyển hướng quá nhiều lần", "too many redirects"),
        RdapEnd.Unreachable => verbs.Say("không kết nối được máy chủ RDAP", "the RDAP server cannot be reached"),
        RdapEnd.Off => verbs.Say("chưa cấu hình máy chủ RDAP cho loại này", "no RDAP server is configured for this"),
        _ => throw new InvalidOperationException("unknown end"),
    };

    private static string Part(VerbSet verbs, string part) => part switch
    {
        "page" => verbs.Say("trang", "page"),
        "redirect" => verbs.Say("chuyển hướng", "redirect"),
        _ => verbs.Say("ảnh, video", "media"),
    };

    private static string Source(VerbSet verbs, string source) => source == "network" ? verbs.Say("mạng", "network") : verbs.Say("tên miền", "domain");
}

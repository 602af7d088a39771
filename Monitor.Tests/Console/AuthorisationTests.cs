using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monitor.Tests.Operations;
using Monitor.Tests.Settings;

namespace Monitor.Tests.Console;

/// <summary>Who gets what from every page and every form of the console: taken from the running server, so that a new page must be entered here.</summary>
public sealed class AuthorisationTests
{
    /// <summary>The shipped people, and one of another agency who has every role of an office there.</summary>
    private static readonly string[] People = ["an.nguyen", "binh.tran", "chi.le", "dung.pham", "giang.vo", "hanh.dang", "quan.tri", "kim.ly"];

    /// <summary>
    /// One letter a person, in the order of <see cref="People"/> (intake and analyst; analyst and verifier; approver; police verifier and approver; child-protection
    /// intake; inspector; administrator; all roles but inspector and administrator in the other agency), last somebody not signed in.
    /// a: answered; r: refused, and told why; -: not found; s: sign in first.
    /// </summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["GET /"] = "aaaaaaaas",
        ["GET /accounts"] = "------a-s",
        ["GET /board"] = "aaaaaaaas",
        ["GET /board/review"] = "rraa---as",
        ["GET /cases/{id}"] = "aaaa-a--s",
        ["GET /custody"] = "-----a--s",
        ["GET /custody/{number:long}"] = "-----a--s",
        ["GET /custody/{number:long}?handler=bytes"] = "-----a--s",
        ["GET /custody/{number:long}?handler=proof"] = "-----a--s",
        ["GET /custody?handler=checkpoint"] = "-----a--s",
        ["GET /healthz"] = "aaaaaaaaa",
        ["GET /inbox"] = "aaaa-a-as",
        ["GET /inbox/{id}"] = "aaaa-a--s",
        ["GET /intake"] = "aa--a--as",
        ["GET /me"] = "aaaaaaaas",
        ["GET /notices/{id}"] = "aaaa-aa-s",
        ["GET /notices/{id}?handler=html"] = "aaaa-aa-s",
        ["GET /notices/{id}?handler=pdf"] = "aaaa-aa-s",
        ["GET /notices/{id}?handler=xarf"] = "--------s",
        ["GET /readyz"] = "aaaaaaaaa",
        ["GET /requests/{id}"] = "aaaa-aa-s",
        ["GET /triage"] = "aaaa-a-as",
        ["GET /triage?handler=next"] = "aaaa-a-as",
        ["POST /?handler=acknowledge"] = "aaaaaaaas",
        ["POST /accounts?handler=disable"] = "------a-s",
        ["POST /accounts?handler=invite"] = "------a-s",
        ["POST /board/review"] = "rraa---as",
        ["POST /cases/{id}?handler=dismiss"] = "aararrras",
        ["POST /cases/{id}?handler=triage"] = "aararrras",
        ["POST /cases/{id}?handler=verify"] = "rararrras",
        ["POST /custody?handler=check"] = "-----a--s",
        ["POST /inbox/{id}?handler=accept"] = "aarr-r--s",
        ["POST /inbox/{id}?handler=dismiss"] = "aara-r--s",
        ["POST /inbox/{id}?handler=match"] = "aara-r--s",
        ["POST /inbox/{id}?handler=text"] = "aaaa-r--s",
        ["POST /intake"] = "aa--a--as",
        ["POST /me?handler=code"] = "aaaaaaaas",
        ["POST /me?handler=newcode"] = "aaaaaaaas",
        ["POST /me?handler=password"] = "aaaaaaaas",
        ["POST /notices/{id}?handler=approve"] = "rrar-rr-s",
        ["POST /notices/{id}?handler=cancel"] = "raaa-rr-s",
        ["POST /notices/{id}?handler=sent"] = "aaaa-rr-s",
        ["POST /notices/{id}?handler=signed"] = "rraa-rr-s",
        ["POST /requests/{id}?handler=decide"] = "raaa-rr-s",
        ["POST /requests/{id}?handler=hold"] = "rrra-rr-s",
        ["POST /requests/{id}?handler=objection"] = "aara-rr-s",
        ["POST /requests/{id}?handler=release"] = "rrra-rr-s",
        ["POST /requests/{id}?handler=reply"] = "aara-rr-s",
        ["POST /requests/{id}?handler=retract"] = "raaa-rr-s",
    };

    [Fact]
    public async Task Every_page_and_every_form_answers_each_person_as_the_table_says()
    {
        await using var house = await ConsoleHouse.OpenAsync(configure: WithSomebodyElse);
        var request = await house.Desk.DemandAsync();
        var draft = await house.Desk.DraftAsync($"http://{DeskHouse.Host}/u/hoa.mai/bai/1002");
        DeskHouse.Done(await house.Desk.House.Checkpoints.PublishAsync(Worker.Operations.Actor.System, "", DeskHouse.Token));
        await house.Desk.TakeInAsync(Monitor.Tests.Mailbox.Messages.Answer("?"));
        string Filled(string path) => path
            .Replace("requests/{id}", "requests/" + request.Id, StringComparison.Ordinal)
            .Replace("cases/{id}", "cases/C000002", StringComparison.Ordinal)
            .Replace("inbox/{id}", "inbox/M000001", StringComparison.Ordinal)
            .Replace("notices/{id}", "notices/" + draft.Id, StringComparison.Ordinal)
            .Replace("/board/review", "/board/review?what=approve", StringComparison.Ordinal)
            .Replace("{number:long}", "1", StringComparison.Ordinal);
        var routes = await RoutesAsync(house);
        var found = routes.ToDictionary(route => route, _ => "", StringComparer.Ordinal);
        foreach (var person in (string?[])[.. People, null])
        {
            using var visitor = person is null ? house.Visit() : await house.VisitAsync(person);
            foreach (var route in routes)
            {
                found[route] += await AskAsync(visitor, draft.Id, route[..route.IndexOf(' ', StringComparison.Ordinal)], Filled(route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
            }
        }

        Assert.Equal(
            Expected.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"[\"{one.Key}\"] = \"{one.Value}\","),
            found.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"[\"{one.Key}\"] = \"{one.Value}\","));
    }

    private static async Task<char> AskAsync(Visitor visitor, string draft, string method, string path)
    {
        var asked = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            var token = (await visitor.GetAsync("/me")).Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? (await visitor.GetAsync("/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            // Enough to get past what a form needs to be read at all; nothing that an operation would take.
            asked.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("what", "approve"), new("code", "Acknowledged"), new("by", "Other"), .. path.StartsWith("/board", StringComparison.Ordinal) ? (KeyValuePair<string, string>[])[new("id", draft)] : []]);
        }

        var seen = await visitor.SendAsync(asked);
        if (seen.Status == HttpStatusCode.NotFound)
            return '-';
        if (seen.To?.StartsWith("/sign-in?", StringComparison.Ordinal) == true)
            return 's';
        Assert.True(seen.Status is HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.BadRequest, $"{method} {path}: {seen.Status}");
        var told = seen;
        for (var hops = 0; told.To is { } to && hops < 3; hops++)
            told = await visitor.GetAsync(to);
        return told.Alert is { } why && (why.Contains("cần có vai trò", StringComparison.Ordinal) || why.Contains("Chỉ công an", StringComparison.Ordinal) || why.Contains("chỉ người phê duyệt của cơ quan", StringComparison.Ordinal) || why.Contains("chỉ người của cơ quan đó", StringComparison.Ordinal)) ? 'r' : 'a';
    }

    /// <summary>"GET /board", "POST /requests/{id}?handler=reply": pages where sessions begin and end are the sign-in's own tests.</summary>
    private static async Task<IReadOnlyList<string>> RoutesAsync(ConsoleHouse house)
    {
        var loader = house.Web.Services.GetRequiredService<PageLoader>();
        var routes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in house.Web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (path is "/sign-in" or "/sign-out" or "/look" or "/confirm" || path.StartsWith("/setup", StringComparison.Ordinal) || path.StartsWith("/status", StringComparison.Ordinal) || path.StartsWith("/assets", StringComparison.Ordinal))
                continue;
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            {
                routes.UnionWith((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} {path}"));
                continue;
            }

            foreach (var handler in (await loader.LoadAsync(page, endpoint.Metadata)).HandlerMethods)
                routes.Add($"{handler.HttpMethod.ToUpperInvariant()} {path}{(string.IsNullOrEmpty(handler.Name) ? "" : "?handler=" + handler.Name.ToLowerInvariant())}");
        }

        return [.. routes];
    }

    private static void WithSomebodyElse(ConfigFolder config)
    {
        var file = Path.Combine(config.Path, "agencies.yaml");
        File.AppendAllText(file, "\n  - id: kim.ly\n    name: Lý Thị Kim\n    title: Trưởng phòng\n    agency: child-protection\n    roles: [intake, analyst, verifier, approver]\n");
    }
}

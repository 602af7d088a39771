using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Monitor.Tests.Console;

/// <summary>Asks for pages and sends forms as a browser does: cookies, tokens, no scripts. Redirects are followed by hand so that tests see them.</summary>
internal sealed class Visitor(string url) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = new Uri(url) };

    public HttpClient Client => _client;

    public Task<Seen> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Fills in a form that a page shows and sends it; hidden fields go along.</summary>
    /// <param name="page">Where the form is.</param>
    /// <param name="action">Beginning of its action; null: the page's own address.</param>
    public async Task<Seen> SubmitAsync(string page, string? action, params (string Name, string Value)[] fields)
    {
        var shown = await GetAsync(page);
        Assert.True(shown.Status == HttpStatusCode.OK, $"{page} answered {shown.Status}");
        return await SubmitAsync(shown, action, fields);
    }

    public Task<Seen> SubmitAsync(Seen shown, string? action, params (string Name, string Value)[] fields)
    {
        // Of several forms with one action (a row each in a table) the one whose hidden fields are those given.
        var forms = shown.Document.QuerySelectorAll<IHtmlFormElement>("form[method=post]")
            .Where(one => action is null ? one.GetAttribute("action") is null or "" : one.GetAttribute("action")?.StartsWith(action, StringComparison.Ordinal) == true)
            .ToList();
        Assert.True(forms.Count > 0, $"{shown.Path} has no form for '{action}'");
        var form = forms.FirstOrDefault(one => Hidden(one).All(field => fields.All(given => given.Name != field.Name || given.Value == field.Value))) ?? forms[0];
        var sent = Hidden(form).Where(field => fields.All(given => given.Name != field.Name)).Concat(fields);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action") is { Length: > 0 } to ? to : shown.Path)
        {
            Content = new FormUrlEncodedContent(sent.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))),
        });
    }

    /// <summary>As <see cref="SubmitAsync(Seen, string?, ValueTuple{string, string}[])"/>, with a file.</summary>
    public async Task<Seen> UploadAsync(string page, string action, (string Field, string FileName, byte[] Content) file, params (string Name, string Value)[] fields)
    {
        var shown = await GetAsync(page);
        var form = shown.Document.QuerySelectorAll<IHtmlFormElement>("form[method=post]").First(one => one.GetAttribute("action")?.StartsWith(action, StringComparison.Ordinal) == true);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Hidden(form).Where(field => fields.All(given => given.Name != field.Name)).Concat(fields))
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file.Content), file.Field, file.FileName);
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = content });
    }

    public async Task SignInAsync(string person, string password, string? code = null)
    {
        var answer = await SubmitAsync("/sign-in", null, [("name", person), ("password", password), .. code is null ? ((string, string)[])[] : [("code", code)]]);
        Assert.True(answer.Status == HttpStatusCode.Redirect, $"{person} cannot sign in: {answer.Status} {answer.Alert}");
    }

    public async Task<Seen> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Seen(
            request.RequestUri!.ToString(),
            response.StatusCode,
            response.Headers.Location is { } to ? (to.IsAbsoluteUri ? to.PathAndQuery : to.ToString()) : null,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _client.Dispose();

    private static IEnumerable<(string Name, string Value)> Hidden(IHtmlFormElement form) =>
        form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => (input.Name ?? "", input.Value));
}

/// <param name="Path">What was asked for.</param>
/// <param name="To">Where it leads, for a redirect.</param>
internal sealed record Seen(string Path, HttpStatusCode Status, string? To, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    private IDocument? _document;

    public string Html => System.Text.Encoding.UTF8.GetString(Body);

    public IDocument Document => _document ??= new HtmlParser().ParseDocument(Html);

    /// <summary>Text of the page's main part.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What it says went wrong.</summary>
    public string? Alert => Document.QuerySelector("[role=alert]")?.TextContent.Trim();
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>How a platform is written to: mail, an HTTPS API, a form that a person fills in.</summary>
internal static partial class PlatformFile
{
    private const int MostFields = 100;
    private const string AnyKey = "{key}";

    // What the HTTP stack writes itself (RFC 9110 section 7.6.1 and framing); a configured header must not stand in its way.
    private static readonly string[] OwnHeaders =
        ["host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "accept", "user-agent"];

    private static BilingualText SecureUrlExpected { get; } = new(
        "địa chỉ bắt đầu bằng https:// (http:// chỉ khi máy chủ là chính máy này)",
        "a URL that starts with https:// (http:// only to this machine)");

    private static BilingualText HeaderExpected { get; } = new("tên một trường HTTP như X-Api-Key", "the name of an HTTP field such as X-Api-Key");

    private static readonly Shape<string> DottedPath = Shapes.Written(
        DottedPathPattern(),
        ProblemCodes.WrongType,
        new("tên trường, các cấp cách nhau bằng dấu chấm, như report.id", "a field name, levels parted by dots, such as report.id"));

    private static bool ReadChannel(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out ChannelProfile value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        ChannelKind? kind = keys.Required<ChannelKind?>("kind", Kind);

        // A kind that could not be read decides nothing about the address.
        string? address = keys.Required("address", kind switch
        {
            ChannelKind.Smtp => Shapes.Mail,
            null => Shapes.Text,
            _ => (Shape<string>)SecureUrl,
        });
        string? addressee = keys.Required("addressee", Shapes.Text);
        ApiChannelProfile? api = keys.Optional<ApiChannelProfile?>("api", ReadApi!, null);
        IReadOnlyList<FormField> form = keys.Optional("form", Shapes.ListOf(FormFieldOf("label", Shapes.Text), least: 1, most: MostFields), []);
        IReadOnlyList<MailPart> parts = keys.Optional("parts", Shapes.ListOf<MailPart>(Part), ChannelProfile.AllParts);
        OnlyWith(keys, "parts", kind is ChannelKind.Smtp or null, new("chỉ kênh 'smtp' có 'parts'", "only an 'smtp' channel has 'parts'"));
        OnlyWith(keys, "api", kind is ChannelKind.Api or null, new("chỉ kênh 'api' có 'api'", "only an 'api' channel has 'api'"));
        OnlyWith(keys, "form", kind is ChannelKind.Form or null, new("chỉ kênh 'form' có 'form'", "only a 'form' channel has 'form'"));
        if (!keys.Finish())
            return false;
        value = new ChannelProfile
        {
            Kind = kind!.Value,
            Address = address!,
            Addressee = addressee!,
            Api = kind == ChannelKind.Api ? api ?? new ApiChannelProfile() : null,
            Form = form,
            Parts = [.. parts.Distinct()],
        };
        return true;
    }

    /// <summary>X-ARF is written with and without its hyphen.</summary>
    private static bool Part(YamlNode node, BindingContext context, out MailPart value) =>
        Shapes.OneOf(node is YamlText { Value: "xarf" } text ? text with { Value = "x-arf" } : node, context, out value);

    private static bool Kind(YamlNode node, BindingContext context, out ChannelKind? value)
    {
        bool good = Shapes.OneOf(node, context, out ChannelKind kind);
        value = good ? kind : null;
        return good;
    }

    private static bool ReadApi(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out ApiChannelProfile value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        ApiChannelProfile defaults = new();
        ApiFormat format = keys.Optional<ApiFormat>("format", Shapes.OneOf, defaults.Format);
        string how = keys.Optional("authentication", Shapes.Word("none", "key", "oauth2"), "none");
        ApiAuthentication authentication = how switch
        {
            "key" => ApiAuthentication.Key,
            "oauth2" => ApiAuthentication.OAuth2,
            _ => ApiAuthentication.None,
        };
        var read = new ApiChannelProfile
        {
            Format = format,
            Authentication = authentication,
            KeyHeader = keys.Optional<string>("key-header", Header, defaults.KeyHeader),
            KeyPrefix = keys.Optional<string>("key-prefix", KeyPrefix, defaults.KeyPrefix),
            SecretVariable = keys.Optional<string>("secret-variable", MonitorFile.VariableName, ""),
            SecretFile = keys.Optional("secret-file", Shapes.TextOrEmpty, ""),
            TokenUrl = keys.Optional<string>("token-url", SecureUrl, ""),
            ClientId = keys.Optional("client-id", Shapes.Text, ""),
            Scope = keys.Optional("scope", Shapes.TextOrEmpty, ""),
            IdempotencyHeader = keys.Optional<string>("idempotency-header", Header, defaults.IdempotencyHeader),
            LookupUrl = keys.Optional<string>("lookup-url", LookupUrl, ""),
            ReceiptField = keys.Optional("receipt-field", DottedPath, defaults.ReceiptField),
            Fields = keys.Optional("fields", Shapes.ListOf(FormFieldOf("name", DottedPath), least: 1, most: MostFields), []),
        };
        CheckAuthentication(keys, read, how);
        CheckFields(keys, read);
        if (!keys.Finish())
            return false;
        value = read;
        return true;
    }

    /// <summary>Each way of proving who asks has its own keys; those of another way would only seem to do something.</summary>
    private static void CheckAuthentication(MapReader keys, ApiChannelProfile api, string how)
    {
        bool secret = api.Authentication != ApiAuthentication.None;
        string where = $"authentication: {how}";
        foreach ((string key, bool used) in new[]
        {
            ("key-header", api.Authentication == ApiAuthentication.Key),
            ("key-prefix", api.Authentication == ApiAuthentication.Key),
            ("secret-variable", secret),
            ("secret-file", secret),
            ("token-url", api.Authentication == ApiAuthentication.OAuth2),
            ("client-id", api.Authentication == ApiAuthentication.OAuth2),
            ("scope", api.Authentication == ApiAuthentication.OAuth2),
        })
        {
            OnlyWith(keys, key, used, new($"'{key}' không có tác dụng với '{where}'", $"'{key}' has no effect with '{where}'"), secret: key is "key-prefix" or "secret-variable" or "secret-file");
        }

        if (secret && !keys.Failed && api.SecretVariable.Length == 0 && api.SecretFile.Length == 0)
        {
            keys.Fail(
                "authentication",
                ProblemCodes.PasswordSourceMissing,
                new("không nói khoá bí mật nằm ở đâu", "nothing says where the secret is"),
                new("thêm 'secret-variable' hoặc 'secret-file'", "add 'secret-variable' or 'secret-file'"));
        }

        if (api.SecretVariable.Length > 0 && api.SecretFile.Length > 0)
            keys.Fail("secret-file", ProblemCodes.WithoutEffect, new("đã có 'secret-variable': chỉ ghi một nơi", "there is a 'secret-variable' already: name one place"));
        foreach (string key in new[] { "token-url", "client-id" })
        {
            bool missing = keys.NodeOf(key) is null or YamlText { IsAbsent: true };
            MissingFor(keys, missing && api.Authentication == ApiAuthentication.OAuth2, key, "authentication", "authentication: oauth2");
        }
    }

    private static void CheckFields(MapReader keys, ApiChannelProfile api)
    {
        bool fields = keys.NodeOf("fields") is not null and not YamlText { IsAbsent: true };
        MissingFor(keys, api.Format == ApiFormat.Json && !fields, "fields", "format", "format: json");
        OnlyWith(keys, "fields", api.Format == ApiFormat.Json, new("'fields' chỉ dùng với 'format: json'", "'fields' is only for 'format: json'"));

        // "report" cannot be a text and hold "report.url" at once.
        string[] names = [.. api.Fields.Select(field => field.Label)];
        if (names.FirstOrDefault(name => names.Count(other => other == name || other.StartsWith(name + ".", StringComparison.Ordinal)) > 1) is { } doubled)
            keys.Fail("fields", ProblemCodes.RepeatedItem, new($"trường '{doubled}' được ghi hai lần hoặc chứa trường khác", $"field '{doubled}' is written twice, or holds another field"));
    }

    private static void MissingFor(MapReader keys, bool missing, string key, string at, string reason)
    {
        if (missing)
            keys.Fail(at, ProblemCodes.MissingKey, new($"'{reason}' cần khoá '{key}'", $"'{reason}' needs the key '{key}'"));
    }

    private static void OnlyWith(MapReader keys, string key, bool used, BilingualText message, bool secret = false)
    {
        if (!used && keys.NodeOf(key) is { } node and not YamlText { IsAbsent: true })
        {
            keys.MarkFailed();
            keys.Context.Complain(node, ProblemCodes.WithoutEffect, message, secret: secret);
        }
    }

    private static Shape<FormField> FormFieldOf(string nameKey, Shape<string> name)
    {
        return Read;

        bool Read(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out FormField value)
        {
            value = null;
            if (context.Map(node) is not { } keys)
                return false;
            string? label = keys.Required(nameKey, name);
            string? text = keys.Required<string>("value", Liquid);
            if (!keys.Finish())
                return false;
            value = new FormField(label!, text!);
            return true;
        }
    }

    /// <summary>Liquid over the notice model, tried on made-up notices as templates are: a misspelt variable shows now.</summary>
    private static bool Liquid(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (!Shapes.Prose(node, context, out value))
            return false;
        if (NoticeTemplates.ParseFault(value) is { } fault)
        {
            context.Complain(node, ProblemCodes.TemplateDoesNotParse, new($"mẫu sai cú pháp: {fault.Message}", $"the template does not parse: {fault.Message}"));
            return false;
        }

        // A value may come out empty (no account is known); a notice may not.
        NoticeTemplates compiled = NoticeTemplates.Compile([new NoticeTemplateSource("value", "vi", "x", "x" + value)]);
        foreach (NoticeModel model in new[] { SampleNotices.Full("takedown"), SampleNotices.Least("takedown") })
        {
            if (compiled.Render("value", model) is NoticeRendering.Failed failed)
            {
                string reason = failed.Reason.Replace("template 'value' ", "", StringComparison.Ordinal);
                context.Complain(node, ProblemCodes.TemplateDoesNotRender, new($"không dùng được: {reason}", reason));
                return false;
            }
        }

        return true;
    }

    /// <summary>https, or http to this machine (tests, a gateway beside the service).</summary>
    internal static bool SecureUrl(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        if (!Shapes.HttpUrl(node, context, out value))
            return false;
        Uri uri = new(value);
        if (uri.Scheme == Uri.UriSchemeHttps || IsThisMachine(uri))
            return true;
        context.Complain(
            node,
            ProblemCodes.BadUrl,
            new($"'{YamlFileReader.Shorten(value)}' không mã hoá", $"'{YamlFileReader.Shorten(value)}' is not encrypted"),
            SecureUrlExpected,
            "https" + value["http".Length..]);
        return false;
    }

    private static bool IsThisMachine(Uri uri) =>
        LoopbackHost.Is(uri.Host.Trim('[', ']'));

    /// <summary>The place of the key is part of the path or query, once: elsewhere it could choose whom we ask.</summary>
    private static bool LookupUrl(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlText { IsAbsent: false } text)
            return Shapes.HttpUrl(node, context, out value);
        BilingualText expected = new("https://.../{key}, có '{key}' đúng một lần trong đường dẫn hoặc tham số", "https://.../{key}, with '{key}' once in path or query");
        string[] parts = text.Value.Split(AnyKey);
        int path = text.Value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? text.Value.IndexOfAny(['/', '?'], scheme + 3) : -1;
        if (parts.Length != 2 || path < 0 || parts[0].Length <= path || text.Value.Contains('#', StringComparison.Ordinal))
        {
            context.Complain(node, ProblemCodes.BadUrl, new("địa chỉ tra cứu không có đúng một '{key}'", "the look-up URL does not hold exactly one '{key}'"), expected);
            return false;
        }

        if (!SecureUrl(text with { Value = string.Concat(parts[0], "k", parts[1]) }, context, out _))
            return false;
        value = text.Value;
        return true;
    }

    private static bool Header(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlText)?.Value;
        if (value is { Length: <= 64 } && HeaderPattern().IsMatch(value) && !OwnHeaders.Contains(value, StringComparer.OrdinalIgnoreCase))
            return true;
        context.Complain(node, ProblemCodes.WrongType, new("đây không phải tên trường HTTP dùng được", "this is not an HTTP field name that can be used"), HeaderExpected);
        return false;
    }

    /// <summary>Never repeated in a message: what does not fit may be the key itself, put here by mistake.</summary>
    private static bool KeyPrefix(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlText)?.Value;
        if (value is not null && KeyPrefixPattern().IsMatch(value))
            return true;
        context.Complain(
            node,
            ProblemCodes.SecretInFile,
            new("đây phải là chữ đứng trước khoá, không phải khoá", "this must be the word in front of the key, not the key"),
            new("\"Bearer \", \"Token \" hoặc để trống", "\"Bearer \", \"Token \" or empty"),
            secret: true);
        return false;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+){0,7}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DottedPathPattern();

    // token of RFC 9110 section 5.6.2, as names are written in practice.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_\-]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HeaderPattern();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z\-]{0,19}( |=|:|: )?)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KeyPrefixPattern();
}

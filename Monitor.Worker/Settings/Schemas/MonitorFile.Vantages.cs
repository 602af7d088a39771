using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>The ways out to the network, and whom to ask for names.</summary>
internal static partial class MonitorFile
{
    private const int MostVantages = 16;
    private const int MostResolvers = 16;

    private static readonly Shape<string> Country = Shapes.Written(
        CountryPattern(),
        ProblemCodes.WrongType,
        new("hai chữ cái in hoa như VN, SG, DE", "two upper-case letters such as VN, SG, DE"));

    /// <summary>The configured vantages, or the direct line alone; declares their ids either way.</summary>
    private static IReadOnlyList<VantageSettings> Vantages(MapReader keys)
    {
        if (keys.NodeOf("vantages") is null or YamlText { IsAbsent: true })
            keys.Context.References.Declare(ReferenceKind.Vantage, VantageSettings.Direct, keys.Context.File, SourceSpan.Start);
        else if (keys.NodeOf("vantages") is not YamlList)
            keys.Context.References.MarkIncomplete(ReferenceKind.Vantage);
        return keys.Optional("vantages", Shapes.ListOf<VantageSettings>(Vantage, least: 1, most: MostVantages), [new VantageSettings { Id = VantageSettings.Direct }]);
    }

    private static bool Vantage(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out VantageSettings value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Declare(ReferenceKind.Vantage);
        VantageKind? kind = keys.Required<VantageKind?>("kind", Kind);
        (string Host, int Port) address = keys.Optional<(string Host, int Port)>("address", ProxyAddress, ("", 0));
        string username = keys.Optional("username", Shapes.TextOrEmpty, "");
        string variable = keys.Optional<string>("password-variable", VariableName, "");
        string country = keys.Optional("country", Country, "");
        NamesResolved resolve = keys.Optional<NamesResolved>("resolve", Shapes.OneOf, kind == VantageKind.Socks5 ? NamesResolved.Remote : NamesResolved.Local);

        // A kind that could not be read decides nothing about the other keys.
        if (kind == VantageKind.Direct)
        {
            foreach (string key in new[] { "address", "username", "password-variable", "resolve" })
            {
                if (keys.NodeOf(key) is not null)
                    keys.Fail(key, ProblemCodes.WithoutEffect, new($"đường 'direct' không có '{key}'", $"a 'direct' vantage has no '{key}'"));
            }
        }
        else if (kind is not null && keys.NodeOf("address") is null or YamlText { IsAbsent: true })
        {
            keys.Fail("kind", ProblemCodes.MissingKey, new("đường qua proxy thiếu khoá 'address'", "a vantage through a proxy needs the key 'address'"), ProxyAddressExpected);
        }

        if (username.Length > 0 && variable.Length == 0 && !keys.Failed)
        {
            keys.Fail(
                "username",
                ProblemCodes.PasswordSourceMissing,
                new("có tên đăng nhập nhưng không nói mật khẩu ở đâu", "there is a user name, but nothing says where the password is"),
                new("thêm 'password-variable'", "add 'password-variable'"));
        }

        // Each part of a SOCKS5 login is at most 255 bytes (RFC 1929), and the colon parts name and password in HTTP's (RFC 7617).
        if (System.Text.Encoding.UTF8.GetByteCount(username) > 255 || (kind == VantageKind.HttpProxy && username.Contains(':', StringComparison.Ordinal)))
            keys.Fail("username", ProblemCodes.WrongType, new("tên đăng nhập dài quá 255 byte hoặc có dấu hai chấm", "the user name is longer than 255 bytes or holds a colon"));

        if (!keys.Finish())
            return false;
        value = new VantageSettings
        {
            Id = id!,
            Kind = kind!.Value,
            Host = address.Host,
            Port = address.Port,
            Username = username,
            PasswordVariable = variable,
            Country = country,
            Resolve = resolve,
        };
        return true;
    }

    private static bool Kind(YamlNode node, BindingContext context, out VantageKind? value)
    {
        bool good = Shapes.OneOf(node, context, out VantageKind kind);
        value = good ? kind : null;
        return good;
    }

    private static bool Dns(YamlNode node, BindingContext context, out DnsSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        DnsSettings defaults = new();
        value = new DnsSettings
        {
            Resolvers = keys.Optional("resolvers", Shapes.ListOf<string>(Resolver, most: MostResolvers), []),
            AbroadResolvers = keys.Optional("abroad-resolvers", Shapes.ListOf<string>(Resolver, most: MostResolvers), []),
            Timeout = keys.Optional("timeout", Shapes.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)), defaults.Timeout),
        };
        return keys.Finish();
    }

    private static bool Resolver(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlText)?.Value;
        if (value is { Length: > 0 and <= 60 } && IPEndPoint.TryParse(value, out _))
            return true;
        context.Complain(
            node,
            ProblemCodes.BadHost,
            new("đây không phải địa chỉ IP của máy chủ DNS", "this is not the IP address of a DNS server"),
            new("địa chỉ IP, có thể kèm cổng: 192.0.2.53 hoặc 192.0.2.53:5353", "an IP address, with a port if need be: 192.0.2.53 or 192.0.2.53:5353"));
        return false;
    }

    private static BilingualText ProxyAddressExpected { get; } =
        new("máy chủ và cổng như proxy.example.vn:3128, 127.0.0.1:9050 hoặc [::1]:9050", "host and port such as proxy.example.vn:3128, 127.0.0.1:9050 or [::1]:9050");

    /// <summary>"host:port". A proxy stands where the installation puts it, inside its own network too: it is not checked against the public Internet.</summary>
    private static bool ProxyAddress(YamlNode node, BindingContext context, out (string Host, int Port) value)
    {
        value = ("", 0);
        if (node is YamlText { IsAbsent: false } text)
        {
            // "http://name:password@host" is how proxies are often written: nothing of it is repeated.
            if (text.Value.Contains('@', StringComparison.Ordinal))
            {
                context.Complain(
                    node,
                    ProblemCodes.SecretInFile,
                    new("địa chỉ proxy có kèm tên hoặc mật khẩu", "the proxy's address carries a user name or password"),
                    new("'username' và 'password-variable'", "'username' and 'password-variable'"),
                    secret: true);
                return false;
            }

            if (TryProxyAddress(text.Value, out value))
                return true;
            string? meant = Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && uri.Port > 0 ? $"{uri.Host}:{uri.Port}" : null;
            context.Complain(
                node,
                ProblemCodes.BadHost,
                new($"'{YamlFileReader.Shorten(text.Value)}' không phải là máy chủ kèm cổng", $"'{YamlFileReader.Shorten(text.Value)}' is not a host with a port"),
                ProxyAddressExpected,
                meant);
            return false;
        }

        context.Complain(node, ProblemCodes.WrongType, new("ở đây cần một giá trị đơn", "a single value is needed here"), ProxyAddressExpected);
        return false;
    }

    private static bool TryProxyAddress(string text, out (string Host, int Port) value)
    {
        value = ("", 0);
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || text.Length > 260 || !int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
            return false;
        string host = text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (bracketed)
            host = host[1..^1];
        if (bracketed ? !IPAddress.TryParse(host, out _) : !ProxyHost().IsMatch(host))
            return false;
        value = (host, port);
        return true;
    }

    [GeneratedRegex(@"\A[A-Z]{2}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CountryPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ProxyHost();
}

using System.CommandLine;
using Monitor.Rules.Matching;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Cli.Verbs;

public static class PlatformVerbs
{
    public static Command Build(VerbSet verbs)
    {
        var url = new Argument<string>("url");
        return verbs.Group("platforms", "Hồ sơ nền tảng", "Platform profiles",
            verbs.Plain("test", "Địa chỉ này thuộc hồ sơ nào, vì sao", "Which profile applies to a URL, and why", [url], (parsed, _) =>
            {
                var reading = new ConfigurationLoader(TimeProvider.System).Load(verbs.Context.ConfigDirectory);
                if (reading.Value is not { } configuration)
                {
                    ProblemOutput.Write(verbs.Context, reading.Problems);
                    return Task.FromResult(ExitCodes.Configuration);
                }

                if (!CanonicalUrl.TryCreate(parsed.GetValue(url), UrlOptions.From(configuration), out var canonical, out var problem))
                {
                    return Task.FromResult(verbs.Context.Refuse(new Refusal(RefusalKind.Invalid, "bad-url", parsed.GetValue(url)!, problem.ToString())));
                }

                var profile = Platforms.For(canonical.Value, configuration);
                var why = profile.IsGeneric ? verbs.Say("không hồ sơ nào nhận máy chủ này", "no profile claims this host") : verbs.Say($"máy chủ thuộc: {string.Join(", ", profile.Hosts.Concat(profile.MediaHosts))}", $"host is one of: {string.Join(", ", profile.Hosts.Concat(profile.MediaHosts))}");
                var account = Platforms.Account(profile, canonical.Value);
                var post = Platforms.Post(profile, canonical.Value);
                verbs.Context.Tell(new { url = canonical.Value, profile = profile.Id, why, account, post, channels = profile.Channels, walled = profile.Walled, requiredVantages = profile.RequiredVantages },
                    $"{canonical.Value}\n  hồ sơ: {profile.Id} ({profile.Name}); {why}\n  tài khoản: {account ?? "–"}; bài: {post ?? "–"}; gửi đến: {string.Join(", ", profile.Channels.Select(channel => channel.Address))}",
                    $"{canonical.Value}\n  profile: {profile.Id} ({profile.Name}); {why}\n  account: {account ?? "–"}; post: {post ?? "–"}; sent to: {string.Join(", ", profile.Channels.Select(channel => channel.Address))}");
                return Task.FromResult(ExitCodes.Done);
            }));
    }
}

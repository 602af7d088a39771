using System.Globalization;
using System.Text;

namespace Monitor.Worker.Demo;

/// <summary>
/// The shipped configuration with the sample world's platforms and mail server put in: agencies, people, legal bases, rule sets and notice
/// templates are the very files an installation starts from.
/// </summary>
public static class DemoConfiguration
{
    public const string WatchList = "demo";
    public const string Bank = "demo-known";

    /// <summary>Who is written to when a platform does not listen; no page of the world belongs to it.</summary>
    public const string Hosting = "demo-hosting";
    public const string HostingMailbox = "abuse@may-chu-mau.example";

    public static void Write(string shipped, string directory, SampleWorld world, int smtpPort, DateOnly day)
    {
        Copy(shipped, directory);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, "watchlists")).Concat(Directory.EnumerateFiles(Path.Combine(directory, "platforms")).Where(file => Path.GetFileName(file) != "generic.yaml")))
        {
            File.Delete(file);
        }

        File.WriteAllText(Path.Combine(directory, "monitor.yaml"), $"""
            name: Thế giới mẫu / sample world
            contact: monitor@demo.example
            fetch:
              delay: 0s
              parallelism: 8
            rendering:
              enabled: off
            smtp:
              host: 127.0.0.1
              port: {smtpPort}
              security: none
              from: monitor@demo.example
              alerts-to: truc@demo.example

            """);
        foreach (var platform in world.Platforms)
        {
            var yaml = new StringBuilder();
            yaml.Append(CultureInfo.InvariantCulture, $"id: {platform.Id}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"name: \"{platform.Name}\"\n");
            yaml.Append(CultureInfo.InvariantCulture, $"hosts: [{platform.Host}]\n");
            if (platform.MediaHost != platform.Host)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"media-hosts: [{platform.MediaHost}]\n");
            }

            yaml.Append("channels:\n");
            yaml.Append(CultureInfo.InvariantCulture, $"  - kind: smtp\n    address: {platform.AbuseMailbox}\n    addressee: \"{platform.Name}\"\n");
            yaml.Append(CultureInfo.InvariantCulture, $"language: {platform.Language}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"ladder:\n  - after: 24h\n    action: reminder\n  - after: 48h\n    action: infrastructure\n    addressee: {Hosting}\n");
            File.WriteAllText(Path.Combine(directory, "platforms", platform.Id + ".yaml"), yaml.ToString());
        }

        File.WriteAllText(Path.Combine(directory, "platforms", Hosting + ".yaml"), $"""
            id: {Hosting}
            name: Công ty cho thuê máy chủ mẫu
            hosts: []
            channels:
              - kind: smtp
                address: {HostingMailbox}
                addressee: Bộ phận tiếp nhận vi phạm
            language: vi

            """);
        var ruleSets = Directory.EnumerateFiles(Path.Combine(directory, "rulesets"), "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(directory, "watchlists", "demo.yaml"), $"""
            id: {WatchList}
            title: Thế giới mẫu
            owner-agency: ict
            category: sexual-exploitation
            purpose: Trình diễn với dữ liệu lành tính
            rule-sets: [{string.Join(", ", ruleSets)}]
            hash-banks: [{Bank}]
            cadence: 24h
            expires-on: {day.AddYears(1):yyyy-MM-dd}
            reviewer: an.nguyen

            """);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }
}

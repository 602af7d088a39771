using System.Text;
using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Schemas;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings;

/// <summary>
/// Reads a whole configuration directory and says everything that is wrong with it at once: monitor.yaml, agencies.yaml,
/// legal-bases.yaml, watchlists/*.yaml, rulesets/*.yaml with rulesets/guidance/*.md, platforms/*.yaml, notices/*.liquid. UTF-8, 1 MB a file.
/// Needs no network; never throws for what the files hold.
/// </summary>
/// <param name="lint">Rule sets are looked at for what is allowed but probably not meant, too.</param>
public sealed class ConfigurationLoader(TimeProvider clock, bool lint = false)
{
    // Việt Nam keeps UTC+7 all year; a day of the law begins there.
    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ConfigurationReading Load(string directory)
    {
        if (Directory.Exists(directory))
            return Read(ConfigurationSnapshot.Take(directory));
        var problem = new ConfigurationProblem
        {
            File = ".",
            Span = SourceSpan.Start,
            Code = ProblemCodes.FileMissing,
            Severity = ProblemSeverity.Error,
            Message = new($"không có thư mục cấu hình '{directory}'", $"there is no configuration directory '{directory}'"),
        };
        return new ConfigurationReading(null, [problem], "");
    }

    internal ConfigurationReading Read(ConfigurationSnapshot snapshot)
    {
        var reading = new Reading(snapshot, lint, DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(VietnamOffset).DateTime));
        MonitorConfiguration? value = reading.Run();
        return new ConfigurationReading(value, reading.Sink.Sorted(), snapshot.Fingerprint);
    }

    /// <summary>One run over one snapshot.</summary>
    private sealed class Reading(ConfigurationSnapshot snapshot, bool lint, DateOnly today)
    {
        private readonly ReferenceTable _references = new();

        public ProblemSink Sink { get; } = new();

        public MonitorConfiguration? Run()
        {
            ReportFaults();
            InstallationSettings? installation = ReadOne("monitor.yaml", MonitorFile.Bind, ReferenceKind.Vantage);
            var agencies = ReadOne("agencies.yaml", static (context, root) => AgenciesFile.Bind(context, root) is { } both ? both : ((IReadOnlyList<Agency>, IReadOnlyList<Person>)?)null, ReferenceKind.Agency, ReferenceKind.Person);
            IReadOnlyList<LegalBasis>? bases = ReadOne("legal-bases.yaml", LegalBasesFile.Bind, ReferenceKind.LegalBasis);
            Dictionary<string, SourceFile> guidance = ReadGuidance();
            Dictionary<string, string> pages = guidance.ToDictionary(page => page.Key, page => page.Value.Text, StringComparer.Ordinal);
            List<PlacedRuleSet> ruleSets = ReadFolder("rulesets/", (context, root) => RuleSetFile.Bind(context, root, pages), ReferenceKind.RuleSet);
            List<PlatformProfile> platforms = ReadPlatforms();
            List<WatchList> watchLists = ReadFolder("watchlists/", WatchListFile.Bind, ReferenceKind.WatchList);
            Dictionary<string, NoticeTemplateSource> notices = NoticeFiles.Read(snapshot, Decode, Sink);
            RuleSetChecks.Report(ruleSets, lint);
            ReportUnusedGuidance(guidance, ruleSets);
            _references.ReportDangling();

            if (Sink.HasErrors || installation is null || agencies is not { } read || bases is null)
                return null;
            return new MonitorConfiguration
            {
                Installation = installation,
                Agencies = read.Item1.ToDictionary(agency => agency.Id, StringComparer.Ordinal),
                People = read.Item2.ToDictionary(person => person.Id, StringComparer.Ordinal),
                LegalBases = bases.ToDictionary(basis => basis.Id, StringComparer.Ordinal),
                WatchLists = watchLists.ToDictionary(list => list.Id, StringComparer.Ordinal),
                RuleSets = ruleSets.ToDictionary(placed => placed.Set.Name, placed => placed.Set, StringComparer.Ordinal),
                RuleSources = ruleSets.ToDictionary(placed => placed.Set.Name, placed => placed.Source, StringComparer.Ordinal),
                Platforms = platforms.ToDictionary(platform => platform.Id, StringComparer.Ordinal),
                NoticeTemplates = notices,
                Fingerprint = snapshot.Fingerprint,
            };
        }

        /// <summary>Files that are no reading matter, and those at the top whose name nobody asks for.</summary>
        private void ReportFaults()
        {
            string[] known = ["monitor.yaml", "agencies.yaml", "legal-bases.yaml"];
            foreach (ConfigurationSnapshot.Entry file in snapshot.Files)
            {
                bool astray = file.Fault == ConfigurationSnapshot.FileFault.Unexpected ||
                    (file.Fault == ConfigurationSnapshot.FileFault.None && !file.Path.Contains('/', StringComparison.Ordinal) && !known.Contains(file.Path, StringComparer.Ordinal));
                switch (file.Fault)
                {
                    case ConfigurationSnapshot.FileFault.TooLarge:
                        Report(file.Path, ProblemCodes.FileTooLarge, new("tệp lớn hơn 1 MB", "the file is larger than 1 MB"));
                        break;
                    case ConfigurationSnapshot.FileFault.Unreadable:
                        Report(file.Path, ProblemCodes.FileUnreadable, new("không mở được để đọc", "cannot be opened for reading"));
                        break;
                    case ConfigurationSnapshot.FileFault.TooMany:
                        Report(
                            file.Path,
                            ProblemCodes.TooLong,
                            new($"thư mục có hơn {ConfigurationSnapshot.MostFilesPerFolder} tệp", $"the folder holds more than {ConfigurationSnapshot.MostFilesPerFolder} files"));
                        break;
                    case ConfigurationSnapshot.FileFault.Unexpected when file.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase):
                        // Somebody believes that this file is in force.
                        Report(
                            file.Path,
                            ProblemCodes.UnknownFile,
                            new("tệp không được đọc vì đuôi là .yml", "the file is not read because its name ends in .yml"),
                            suggestion: Path.ChangeExtension(file.Path, ".yaml"));
                        break;
                    default:
                        if (astray)
                        {
                            Report(
                                file.Path,
                                ProblemCodes.UnknownFile,
                                new("tệp này không được đọc", "this file is not read"),
                                severity: ProblemSeverity.Warning,
                                suggestion: file.Path.Contains('/', StringComparison.Ordinal) ? null : Suggestion.For(file.Path, known));
                        }

                        break;
                }
            }
        }

        private T? ReadOne<T>(string path, Func<BindingContext, YamlMap, T?> bind, params ReferenceKind[] declares)
        {
            ConfigurationSnapshot.Entry? file = snapshot.Files.FirstOrDefault(entry => entry.Path == path);
            if (file is null)
                Report(path, ProblemCodes.FileMissing, new("thiếu tệp bắt buộc", "the required file is missing"));
            return ReadFile(file, bind, declares);
        }

        private List<T> ReadFolder<T>(string folder, Func<BindingContext, YamlMap, T?> bind, ReferenceKind declares)
            where T : class
        {
            var read = new List<T>();
            foreach (ConfigurationSnapshot.Entry file in snapshot.Files)
            {
                if (file.Fault != ConfigurationSnapshot.FileFault.Unexpected && file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Path.IndexOf('/', folder.Length) < 0 && ReadFile(file, bind, declares) is { } value)
                    read.Add(value);
            }

            return read;
        }

        private T? ReadFile<T>(ConfigurationSnapshot.Entry? file, Func<BindingContext, YamlMap, T?> bind, params ReferenceKind[] declares)
        {
            SourceFile? source = file is null ? null : Decode(file);
            if (source is null || YamlFileReader.Read(source) is not { } root)
            {
                foreach (ReferenceKind kind in declares)
                    _references.MarkIncomplete(kind);
                return default;
            }

            return bind(new BindingContext(source, _references, today), root);
        }

        /// <summary>Pages about rules, by name without ".md".</summary>
        private Dictionary<string, SourceFile> ReadGuidance()
        {
            var pages = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
            foreach (ConfigurationSnapshot.Entry file in snapshot.Files)
            {
                if (file.Path.StartsWith(ConfigurationSnapshot.GuidanceFolder + "/", StringComparison.Ordinal) && file.Fault == ConfigurationSnapshot.FileFault.None && Decode(file) is { } page)
                    pages[Path.GetFileNameWithoutExtension(file.Path)] = page;
            }

            return pages;
        }

        private void ReportUnusedGuidance(Dictionary<string, SourceFile> guidance, List<PlacedRuleSet> ruleSets)
        {
            // With a faulty file among them the page may belong to one of its rules.
            if (!lint || ruleSets.Count != snapshot.Files.Count(file => file.Path.StartsWith("rulesets/", StringComparison.Ordinal) && file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
                return;
            HashSet<string> used = [.. ruleSets.SelectMany(placed => placed.Source.Guidance.Keys)];
            string[] missing = [.. ruleSets.SelectMany(placed => placed.Set.Rules).Where(rule => rule.Guidance.Length == 0).Select(rule => rule.Id)];
            foreach ((string name, SourceFile page) in guidance.Where(page => !used.Contains(page.Key)))
            {
                var unused = new RuleDiagnostic(RuleDiagnosticCodes.GuidanceWithoutRule, "", null, "No rule uses this page of guidance.", "Name the file after the rule's id, or remove it.");
                page.Report(SourceSpan.Start, unused.Code, RuleDiagnosticText.Message(unused), RuleDiagnosticText.Hint(unused), Suggestion.For(name, missing), ProblemSeverity.Warning);
            }
        }

        private List<PlatformProfile> ReadPlatforms()
        {
            var placed = new List<(PlatformProfile Profile, SourceFile File, SourceSpan Hosts)>();
            var mediaHosts = new List<(PlatformProfile Profile, SourceFile File, SourceSpan MediaHosts)>();
            List<PlatformProfile> platforms = ReadFolder(
                "platforms/",
                (context, root) =>
                {
                    PlatformProfile? profile = PlatformFile.Bind(context, root);
                    if (profile is not null)
                    {
                        placed.Add((profile, context.File, root.Entries.First(entry => entry.Key.Value == "hosts").Key.Span));
                        if (root.Entries.FirstOrDefault(entry => entry.Key.Value == "media-hosts") is { Key: { } key })
                            mediaHosts.Add((profile, context.File, key.Span));
                    }

                    return profile;
                },
                ReferenceKind.Platform);

            // Profiles may share a host where patterns tell their pages apart.
            var owners = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((PlatformProfile profile, SourceFile file, SourceSpan span) in placed)
            {
                foreach (string host in profile.Hosts.Where(host => host != "*"))
                {
                    IEnumerable<string> claims = profile.UrlPatterns.Count == 0 ? [host] : profile.UrlPatterns.Select(pattern => host + "\n" + pattern);
                    string? taken = claims.Where(claim => !owners.TryAdd(claim, profile.Id)).Select(claim => owners[claim]).FirstOrDefault();
                    if (taken is not null)
                    {
                        file.Report(
                            span,
                            ProblemCodes.HostClaimedTwice,
                            new($"máy chủ '{host}' đã thuộc nền tảng '{taken}'", $"host '{host}' already belongs to platform '{taken}'"));
                    }
                }
            }

            ReportSharedMediaHosts(mediaHosts);
            var generic = placed.Where(entry => entry.Profile.IsGeneric).ToList();
            int files = snapshot.Files.Count(file => file.Path.StartsWith("platforms/", StringComparison.Ordinal) && file.Fault != ConfigurationSnapshot.FileFault.Unexpected);
            foreach ((_, SourceFile file, SourceSpan span) in generic.Skip(1))
            {
                file.Report(
                    span,
                    ProblemCodes.NotOneGenericProfile,
                    new($"hồ sơ chung (hosts: [\"*\"]) đã có ở {generic[0].File.Path}", $"there is already a generic profile (hosts: [\"*\"]) in {generic[0].File.Path}"));
            }

            // With a faulty file among them the generic one may be that file.
            if (generic.Count == 0 && placed.Count == files)
            {
                Report(
                    "platforms",
                    ProblemCodes.NotOneGenericProfile,
                    new("thiếu hồ sơ chung cho các nền tảng chưa biết", "the generic profile for unknown platforms is missing"),
                    new("một tệp có hosts: [\"*\"]", "one file with hosts: [\"*\"]"));
            }

            return platforms;
        }

        /// <summary>A CDN may serve several platforms, so this only warns: a copy on it could be demanded of the wrong one.</summary>
        private static void ReportSharedMediaHosts(IEnumerable<(PlatformProfile Profile, SourceFile File, SourceSpan MediaHosts)> placed)
        {
            var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach ((PlatformProfile profile, SourceFile file, SourceSpan span) in placed)
            {
                foreach (string host in profile.MediaHosts.Where(host => !owners.TryAdd(host, profile.Id) && owners[host] != profile.Id))
                {
                    file.Report(
                        span,
                        ProblemCodes.MediaHostNamedTwice,
                        new($"máy chủ ảnh, video '{host}' cũng có trong nền tảng '{owners[host]}'", $"media host '{host}' is named by platform '{owners[host]}' as well"),
                        new("một nền tảng cho mỗi máy chủ, trừ khi cả hai thật sự dùng chung", "one platform for each host, unless both really share it"),
                        null,
                        ProblemSeverity.Warning);
                }
            }
        }

        /// <returns>The text, or null after the reason was reported (here or in <see cref="ReportFaults"/>).</returns>
        private SourceFile? Decode(ConfigurationSnapshot.Entry file)
        {
            if (file.Fault != ConfigurationSnapshot.FileFault.None)
                return null;
            ReadOnlySpan<byte> bytes = file.Bytes;
            if (bytes.StartsWith(new byte[] { 0xFF, 0xFE }) || bytes.StartsWith(new byte[] { 0xFE, 0xFF }))
            {
                ReportEncoding(file.Path, SourceSpan.Start, "UTF-16");
                return null;
            }

            if (bytes.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
                bytes = bytes[3..];
            try
            {
                string text = StrictUtf8.GetString(bytes);
                if (!text.Contains('\0', StringComparison.Ordinal))
                    return new SourceFile(file.Path, text, Sink);
                ReportEncoding(file.Path, SourceSpan.Start, null);
                return null;
            }
            catch (DecoderFallbackException exception)
            {
                int at = Math.Clamp(exception.Index, 0, bytes.Length);
                int line = bytes[..at].Count((byte)'\n') + 1;
                int column = Encoding.UTF8.GetCharCount(bytes[(bytes[..at].LastIndexOf((byte)'\n') + 1)..at]) + 1;
                ReportEncoding(file.Path, new SourceSpan(line, column, 1), "windows-1258/TCVN3/VNI");
                return null;
            }
        }

        private void ReportEncoding(string path, SourceSpan span, string? guess) => Sink.Add(new ConfigurationProblem
        {
            File = path,
            Span = span,
            Code = ProblemCodes.NotUtf8,
            Severity = ProblemSeverity.Error,
            Message = guess is null
                ? new("tệp không phải văn bản UTF-8", "the file is not UTF-8 text")
                : new($"tệp không phải UTF-8 (có thể là {guess})", $"the file is not UTF-8 (perhaps {guess})"),
            Expected = new("lưu lại tệp với bảng mã UTF-8", "save the file with encoding UTF-8"),
        });

        private void Report(string path, string code, BilingualText message, BilingualText? expected = null, ProblemSeverity severity = ProblemSeverity.Error, string? suggestion = null) =>
            Sink.Add(new ConfigurationProblem
            {
                File = path,
                Span = SourceSpan.Start,
                Code = code,
                Severity = severity,
                Message = message,
                Expected = expected,
                Suggestion = suggestion,
            });
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitor.Rules.Evidence;
using Monitor.Rules.Removal;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Evidence.Packaging;

/// <summary>
/// The package's facts as CASE 1.x / UCO JSON-LD: investigation, provenance records of each file, the looks as investigative actions, their tool. Ids are made from what they name,
/// so that the same package gives the same graph.
/// </summary>
internal static class CaseGraph
{
    private static readonly JsonSerializerOptions Shown = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="files">Path in the bag, SHA-256 and length of each payload file.</param>
    public static byte[] Of(PackageOrder order, IReadOnlyList<(string Path, string Sha256, long Length)> files)
    {
        var request = order.Request;
        var graph = new JsonArray();
        string Id(string kind, string name) => $"kb:{kind}-{Uri.EscapeDataString(name).Replace("%", "-", StringComparison.Ordinal)}";
        graph.Add(Node(Id("tool", "monitor"), "uco-tool:Tool", ("uco-core:name", "Monitor"), ("uco-tool:version", order.Tool.Split('/')[^1])));
        graph.Add(Node(Id("org", order.Agency.Id), "uco-identity:Organization", ("uco-core:name", order.Agency.Name)));
        graph.Add(Node(Id("investigation", request.PoliceCase), "case-investigation:Investigation",
            ("uco-core:name", request.PoliceCase),
            ("uco-core:description", request.Purpose),
            ("case-investigation:investigationForm", "case"),
            ("uco-core:object", new JsonArray([.. files.Select(file => Ref(Id("record", file.Path)))]))));
        foreach (var (path, sha256, length) in files)
        {
            graph.Add(Node(Id("file", path), "uco-observable:File",
                ("uco-core:hasFacet", new JsonArray(
                    Node(Id("facet-file", path), "uco-observable:FileFacet", ("uco-observable:fileName", path.Split('/')[^1]), ("uco-observable:filePath", path), ("uco-observable:sizeInBytes", Number(length))),
                    Node(Id("facet-content", path), "uco-observable:ContentDataFacet", ("uco-observable:hash", new JsonArray(Hash(Id("hash", path), sha256))))))));
            graph.Add(Node(Id("record", path), "case-investigation:ProvenanceRecord", ("case-investigation:exhibitNumber", path), ("uco-core:object", new JsonArray(Ref(Id("file", path))))));
        }

        foreach (var target in order.Targets)
        {
            graph.Add(Node(Id("url", target.Target.Id), "uco-observable:ObservableObject",
                ("uco-core:hasFacet", new JsonArray(Node(Id("facet-url", target.Target.Id), "uco-observable:URLFacet", ("uco-observable:fullValue", target.Target.Url))))));
            foreach (var look in target.Observations)
            {
                var results = order.Items.Where(item => item.Observation == look.Id).Select(item => files.FirstOrDefault(file => file.Path.StartsWith("data/" + item.Name + ".", StringComparison.Ordinal)).Path).OfType<string>().Select(path => (JsonNode)Ref(Id("record", path)));
                graph.Add(Node(Id("look", look.Id), "case-investigation:InvestigativeAction",
                    ("uco-core:name", "look"),
                    ("uco-core:description", $"{look.Fact.Liveness.Name()} ({look.Fact.Reason.Name()})"),
                    ("uco-action:startTime", Time(look.At)),
                    ("uco-action:endTime", Time(look.At.AddMilliseconds(look.ElapsedMilliseconds))),
                    ("uco-action:instrument", Ref(Id("tool", "monitor"))),
                    ("uco-action:performer", Ref(Id("org", order.Agency.Id))),
                    ("uco-action:object", new JsonArray(Ref(Id("url", target.Target.Id)))),
                    ("uco-action:result", new JsonArray([.. results]))));
            }
        }

        var document = new JsonObject
        {
            ["@context"] = new JsonObject
            {
                ["kb"] = $"urn:monitor:{request.Id}:",
                ["case-investigation"] = "https://ontology.caseontology.org/case/investigation/",
                ["uco-action"] = "https://ontology.unifiedcyberontology.org/uco/action/",
                ["uco-core"] = "https://ontology.unifiedcyberontology.org/uco/core/",
                ["uco-identity"] = "https://ontology.unifiedcyberontology.org/uco/identity/",
                ["uco-observable"] = "https://ontology.unifiedcyberontology.org/uco/observable/",
                ["uco-tool"] = "https://ontology.unifiedcyberontology.org/uco/tool/",
                ["uco-types"] = "https://ontology.unifiedcyberontology.org/uco/types/",
                ["uco-vocabulary"] = "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
                ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
            },
            ["@graph"] = graph,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Shown);
    }

    private static JsonObject Node(string id, string type, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        var node = new JsonObject { ["@id"] = id, ["@type"] = type };
        foreach (var (name, value) in values)
            node[name] = value;
        return node;
    }

    private static JsonObject Ref(string id) => new() { ["@id"] = id };

    private static JsonObject Number(long number) => new() { ["@type"] = "xsd:integer", ["@value"] = number.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Time(DateTimeOffset at) => new() { ["@type"] = "xsd:dateTime", ["@value"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) };

    private static JsonObject Hash(string id, string sha256) => new()
    {
        ["@id"] = id,
        ["@type"] = "uco-types:Hash",
        ["uco-types:hashMethod"] = new JsonObject { ["@type"] = "uco-vocabulary:HashNameVocab", ["@value"] = "SHA256" },
        ["uco-types:hashValue"] = new JsonObject { ["@type"] = "xsd:hexBinary", ["@value"] = sha256.ToUpperInvariant() },
    };
}

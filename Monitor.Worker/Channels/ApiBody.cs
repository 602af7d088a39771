using System.Text.Json.Nodes;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Channels;

/// <summary>What is posted to a platform: the X-ARF report as it is, or an object of the platform's own shape.</summary>
internal static class ApiBody
{
    private const int DeepestPath = 8;

    /// <param name="outgoing">The notice.</param>
    /// <param name="api">Format and fields.</param>
    /// <param name="render">Liquid over the notice; null where it cannot be rendered.</param>
    /// <param name="body">UTF-8 JSON, when the result is null.</param>
    /// <returns>null, or why nothing can be posted.</returns>
    public static SendResult.NotSent? TryWrite(OutgoingNotice outgoing, ApiChannelProfile api, Func<string, Notice, string?> render, out byte[] body)
    {
        body = outgoing.Content.Xarf;
        if (api.Format == ApiFormat.Xarf)
            return body.Length > 0 ? null : new SendResult.NotSent(NotSentReason.NotConfigured, "this kind of notice has no X-ARF form");
        var root = new JsonObject();
        foreach (var field in api.Fields)
        {
            if (render(field.Value, outgoing.Notice) is not { } value)
                return new SendResult.NotSent(NotSentReason.NotConfigured, $"field {field.Label} cannot be rendered");
            if (!TryPut(root, field.Label.Split('.'), value))
                return new SendResult.NotSent(NotSentReason.NotConfigured, $"field {field.Label} is no path, or another field is in its place");
        }

        body = System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
        return root.Count > 0 ? null : new SendResult.NotSent(NotSentReason.NotConfigured, "no fields");
    }

    private static bool TryPut(JsonObject root, string[] path, string value)
    {
        if (path.Length > DeepestPath || path.Any(static name => name.Length == 0))
            return false;
        var place = root;
        foreach (var name in path[..^1])
        {
            if (place[name] is null)
                place[name] = new JsonObject();
            if (place[name] is not JsonObject inner)
                return false;
            place = inner;
        }

        return place.TryAdd(path[^1], JsonValue.Create(value));
    }
}

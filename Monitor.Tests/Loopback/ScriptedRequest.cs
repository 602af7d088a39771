namespace Monitor.Tests.Loopback;

/// <param name="Target">As on the request line.</param>
/// <param name="Headers">Names lower case.</param>
/// <param name="Body">Empty unless Content-Length said otherwise.</param>
public sealed record ScriptedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

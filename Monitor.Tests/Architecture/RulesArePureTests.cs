using System.Reflection;
using System.Xml.Linq;
using Monitor.Rules.Removal;

namespace Monitor.Tests.Architecture;

/// <summary>Monitor.Rules takes values in and gives values out: no package, no project, no file, no socket, no clock, no chance.</summary>
public sealed class RulesArePureTests
{
    private static readonly Assembly Rules = typeof(RemovalProof).Assembly;

    /// <summary>What the base library offers of pure things, by assembly; everything else is a question to be asked.</summary>
    private static readonly string[] Allowed =
    [
        "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Text.RegularExpressions",
        "System.Runtime.Extensions", "System.Security.Cryptography", "System.Numerics.Vectors", "System.Runtime.Intrinsics", "System.Runtime.InteropServices",
        "System.Private.Uri", "System.ObjectModel", "System.Text.Encoding.Extensions", "System.Threading",
        // IPAddress reads a host of digits; the JSON writer gives custody entries their canonical bytes.
        "System.Net.Primitives", "System.Text.Json",
    ];

    [Fact]
    public void The_project_names_no_package_and_no_project()
    {
        var project = XDocument.Load(SourceTree.Of("Monitor.Rules", "Monitor.Rules.csproj"));
        Assert.DoesNotContain(project.Descendants(), element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "Reference" or "FrameworkReference" or "Import");
    }

    [Fact]
    public void The_assembly_refers_to_nothing_but_the_pure_part_of_the_base_library() =>
        Assert.Empty(Rules.GetReferencedAssemblies().Select(name => name.Name!).Except(Allowed, StringComparer.Ordinal));

    /// <summary>Read from the built assembly, so that a full name or an alias hides nothing.</summary>
    [Fact]
    public void No_type_that_touches_the_world_is_referred_to()
    {
        using var stream = File.OpenRead(Rules.Location);
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (Namespace: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .ToList();
        Assert.NotEmpty(types);
        string[] worldly = ["System.Net", "System.Data", "System.Diagnostics.Process", "Microsoft.Extensions", "LiteDB", "AngleSharp", "Serilog", "Polly", "Hangfire", "MailKit", "MimeKit"];
        Assert.DoesNotContain(types, type => type is not (("System.Net", "IPAddress") or ("System.Net.Sockets", "AddressFamily")) && worldly.Any(world => type.Namespace == world || type.Namespace.StartsWith(world + ".", StringComparison.Ordinal)));
        Assert.DoesNotContain(types, type => type.Namespace == "System.IO" && type.Name is not ("TextReader" or "StringReader" or "StringWriter" or "TextWriter" or "Stream" or "InvalidDataException"));
        // System.Environment is not among them: the compiler asks it for the thread in every iterator. The banned symbols watch the sources for it.
        string[] banned = ["System.Random", "System.Console", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.Tasks.Task", "System.Security.Cryptography.RandomNumberGenerator"];
        Assert.Empty(types.Select(type => $"{type.Namespace}.{type.Name}").Intersect(banned, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_public_class_is_static_sealed_or_the_head_of_a_closed_hierarchy()
    {
        foreach (var type in Rules.GetExportedTypes().Where(type => type.IsClass))
        {
            Assert.True(type.IsSealed || type.IsAbstract, $"{type} can be derived from by anybody");
            if (type is { IsAbstract: true, IsSealed: false })
            {
                // Closed: only its own nested cases can reach a constructor (records bring a protected copy constructor).
                Assert.All(
                    type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(one => one.GetParameters() is not [{ } only] || only.ParameterType.Name != type.Name),
                    constructor => Assert.True(constructor.IsPrivate || constructor.IsFamilyAndAssembly, $"{type} is not closed"));
            }
        }
    }

    [Fact]
    public void Nothing_that_can_be_reached_is_kept_in_a_static_field_that_changes() => Assert.Empty(
        Rules.GetTypes()
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false } && !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => $"{field.DeclaringType}.{field.Name}"));
}

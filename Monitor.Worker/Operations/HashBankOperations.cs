using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Sharing;
using Monitor.Worker.Pipeline;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>Digest lists in: a version per import, the file beside the store, the index swapped while inspections go on.</summary>
public sealed class HashBankOperations(Desk desk, BankIndex index, string dataDirectory)
{
    /// <summary>About sixty million lines; also keeps devices, whose length is 0, out.</summary>
    private const long MaxFile = 4L * 1024 * 1024 * 1024;

    private string Directory => Path.Combine(dataDirectory, "banks");

    public async Task<OperationResult<BankImport>> ImportAsync(Actor actor, string name, DigestKind kind, Opinion opinion, string file, CancellationToken cancellation)
    {
        if (!actor.May(Role.Analyst) && !actor.May(Role.Administrator))
        {
            return new Refusal(RefusalKind.NotAllowed, "role-needed", actor.Id, "analyst / administrator");
        }

        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return new Refusal(RefusalKind.Invalid, "bank-name", name);
        }

        HashListReading reading;
        try
        {
            if (new FileInfo(file).Length is 0 or > MaxFile)
            {
                return new Refusal(RefusalKind.Invalid, "file-unreadable", file, "0 B, or more than 4 GB");
            }

            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: false));
            reading = HashListReader.Read(reader, kind);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.Invalid, "file-unreadable", file, problem.Message);
        }

        if (reading.Entries.Count == 0)
        {
            return new Refusal(RefusalKind.Invalid, "bank-empty", file);
        }

        var (stored, digest) = await WriteAsync(name, kind, reading.Entries, cancellation);
        var result = await desk.ActAsync<HashBankVersion>(async token =>
        {
            var id = $"{name}/{kind.ToString().ToLowerInvariant()}";
            var earlier = (await desk.Store.BanksAsync(token)).FirstOrDefault(bank => bank.Id == id);
            var version = new HashBankVersion
            {
                Id = id,
                Version = earlier?.Version ?? 0,
                Name = name,
                Kind = kind,
                OwnerAgency = actor.AgencyId,
                Number = (earlier?.Number ?? 0) + 1,
                Entries = reading.Entries.Count,
                Opinion = opinion,
                File = stored,
                FileDigest = digest,
                ImportedAt = desk.Now,
                ImportedBy = actor.Id,
            };
            return Decided<HashBankVersion>.To(version, new ChangeSet().Put(version)
                .Log(actor.Log(desk.Now, "import-bank", id, string.Create(CultureInfo.InvariantCulture, $"version {version.Number}, {reading.Entries.Count} entries, {opinion}"), null, digest)));
        }, cancellation);
        if (result is not OperationResult<HashBankVersion>.Done done)
        {
            return ((OperationResult<HashBankVersion>.Refused)result).Refusal;
        }

        await LoadAsync(cancellation);
        return new OperationResult<BankImport>.Done(new BankImport(done.Value, reading.Duplicates, reading.Problems));
    }

    /// <summary>Reads the versions in force into the index. Returns the names of files that are missing or not what was imported.</summary>
    public async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellation)
    {
        var damaged = new List<string>();
        var all = new List<DigestEntry>();
        foreach (var version in await desk.Store.BanksAsync(cancellation))
        {
            var path = Path.Combine(Directory, version.File);
            if (!File.Exists(path) || Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(await File.ReadAllBytesAsync(path, cancellation))) != version.FileDigest)
            {
                damaged.Add(version.Id);
                continue;
            }

            var bank = new HashBank
            {
                Name = version.Name,
                Owner = version.OwnerAgency,
                Version = version.Number.ToString(CultureInfo.InvariantCulture),
                Kind = version.Kind.ToHashKind(),
                Entries = version.Entries,
            };
            using var reader = new StreamReader(path, Encoding.UTF8);
            var ordinal = 0;
            foreach (var line in HashListReader.Stream(reader, version.Kind))
            {
                if (line is HashListLine.Entry entry)
                {
                    all.Add(new DigestEntry(entry.Digest, bank, ordinal++, entry.Label, version.Opinion));
                }
            }
        }

        index.Replace(DigestIndex.Build(all));
        return damaged;
    }

    /// <summary>A file of its own per content, complete on disk before any row names it.</summary>
    private async Task<(string File, Digest Digest)> WriteAsync(string name, DigestKind kind, IReadOnlyList<HashListLine.Entry> entries, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(Directory);
        var text = new StringBuilder();
        foreach (var entry in entries.OrderBy(entry => entry.Digest))
        {
            text.Append(entry.Digest.ToString());
            if (entry.Label is { Length: > 0 } label)
            {
                text.Append(',').Append(label);
            }

            text.Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var digest = Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(bytes));
        var file = $"{name}.{kind.ToString().ToLowerInvariant()}.{digest.ToString()[..16]}.txt";
        var path = Path.Combine(Directory, file);
        var temporary = path + ".new";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return (file, digest);
    }
}

public sealed record BankImport(HashBankVersion Version, int Duplicates, IReadOnlyList<HashListLine.Bad> Bad);

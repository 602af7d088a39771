using System.Security.Cryptography;
using System.Text;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Tests.Cli;
using Monitor.Worker;
using Monitor.Worker.Banks;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Banks;

/// <summary>A house with hash banks, and made-up digests for them.</summary>
internal sealed class BankHome : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private BankHome(CliHome home, House house) => (Home, House) = (home, house);

    public CliHome Home { get; }

    public House House { get; private set; }

    public Actor Analyst => Person("an.nguyen");

    public string Folder => Path.Combine(Home.DataDirectory, "banks");

    public static async Task<BankHome> OpenAsync(Action<CliHome>? prepare = null)
    {
        var home = new CliHome();
        prepare?.Invoke(home);
        return new BankHome(home, await home.OpenAsync());
    }

    /// <summary>The digest of a made-up file.</summary>
    public static Digest Digest(string name) => Rules.Hashing.Digest.FromBytes(DigestKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static string List(params IEnumerable<string> names) => string.Concat(names.Select(name => $"{Digest(name)},{name}\n"));

    public Actor Person(string id) => Assert.IsType<OperationResult<Actor>.Done>(Actor.Resolve(id, House.Desk.Configuration, House.Desk.Today)).Value;

    public Task<OperationResult<BankImport>> ImportAsync(string list, BankImportOrder? order = null, HashBankOperations? through = null, string fileName = "list.txt") =>
        (through ?? House.Banks).ImportAsync(Analyst, order ?? new BankImportOrder { Bank = "lanterns", Kind = HashKind.Sha256 }, new MemoryStream(Encoding.UTF8.GetBytes(list)), fileName, _ => { }, None);

    public async Task<BankImport> ImportedAsync(string list, BankImportOrder? order = null, string fileName = "list.txt")
    {
        var result = await ImportAsync(list, order, fileName: fileName);
        return result is OperationResult<BankImport>.Done done ? done.Value : throw new Xunit.Sdk.XunitException(((OperationResult<BankImport>.Refused)result).Refusal.ToString());
    }

    public static string Refused<T>(OperationResult<T> result) => Assert.IsType<OperationResult<T>.Refused>(result).Refusal.Code;

    public bool Has(string name) => House.BankIndex.Match(Digest(name)).Count > 0;

    public async Task ReopenAsync()
    {
        await House.DisposeAsync();
        House = await Home.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Home.DisposeAsync();
    }
}

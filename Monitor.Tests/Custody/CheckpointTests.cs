using System.Text;
using Monitor.Rules.Custody;
using Monitor.Rules.Hashing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Monitor.Tests.Custody;

/// <summary>The written forms: checkpoint, signed note, key, proof. What is read is what was written; anything else is refused.</summary>
public sealed class CheckpointTests
{
    private static readonly Ed25519PrivateKeyParameters Secret = new(Enumerable.Range(0, 32).Select(at => (byte)at).ToArray());

    private static NoteKey Key(byte type = NoteKey.Ed25519) => new("log.mau.example/monitor", type, Secret.GeneratePublicKey().GetEncoded());

    private static byte[] Sign(byte[] message)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, Secret);
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    private static bool Verify(ReadOnlyMemory<byte> key, byte[] message, byte[] signature)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, new Ed25519PublicKeyParameters(key.ToArray()));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }

    private static SignedNote Note(Checkpoint checkpoint) => new(checkpoint.Body, [new NoteSignature(Key().Name, Key().Id, Sign(Encoding.UTF8.GetBytes(checkpoint.Body)))]);

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        var checkpoint = new Checkpoint("log.mau.example/monitor", 42, MerkleHash.Empty);
        Assert.Equal("log.mau.example/monitor\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", checkpoint.Body);
        Assert.True(Checkpoint.TryParse(checkpoint.Body, out var read));
        Assert.Equal(checkpoint, read);
        Assert.True(Checkpoint.TryParse(checkpoint.Body + "extension 1\n", out _));
        foreach (var bad in new[] { "", "a\n1\n", "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "a b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF\n" })
            Assert.False(Checkpoint.TryParse(bad, out _), bad);
    }

    /// <summary>Name, id and key of the example in Go's package note, whose form C2SP took over.</summary>
    [Fact]
    public void A_key_is_read_as_others_write_it()
    {
        const string Text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        Assert.True(NoteKey.TryParse(Text, out var key));
        Assert.Equal(("PeterNeumann", NoteKey.Ed25519, 0xc74f20a3u, Text), (key.Name, key.Type, key.Id, key.ToString()));
        Assert.False(NoteKey.TryParse(Text.Replace("c74f20a3", "c74f20a4", StringComparison.Ordinal), out _));
        Assert.False(NoteKey.TryParse("a+b", out _));
        Assert.False(NoteKey.TryParse(null, out _));

        const string Signed = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        Assert.True(SignedNote.TryParse(Signed, out var note));
        Assert.Equal(new NoteCheck.Good(null), note.Check(key, Verify));
        Assert.Equal(Signed, note.ToString());
    }

    [Fact]
    public void A_signature_holds_for_the_very_text_and_by_the_very_key()
    {
        var note = Note(new Checkpoint("log.mau.example/monitor", 42, MerkleHash.Empty));
        Assert.True(SignedNote.TryParse(note.ToString(), out var read));
        Assert.Equal(new NoteCheck.Good(null), read.Check(Key(), Verify));
        Assert.Equal(new NoteCheck.Forged(), (read with { Body = read.Body.Replace("42", "43", StringComparison.Ordinal) }).Check(Key(), Verify));
        Assert.Equal(new NoteCheck.NotSigned(), read.Check(new NoteKey("other", NoteKey.Ed25519, Key().Key), Verify));

        var text = note.ToString();
        for (var at = 0; at < text.Length; at++)
        {
            var changed = string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));
            Assert.False(SignedNote.TryParse(changed, out var forged) && forged.Check(Key(), Verify) is NoteCheck.Good && forged.Body != note.Body, $"byte {at}");
        }
    }

    [Fact]
    public void A_witness_says_when_it_saw_it()
    {
        var witness = Key(NoteKey.Cosignature);
        var note = Note(new Checkpoint("log.mau.example/monitor", 42, MerkleHash.Empty));
        const long Seconds = 1_772_366_400;
        byte[] value = [.. BitConverter.GetBytes(Seconds).Reverse(), .. Sign(SignedNote.CosignedMessage(note.Body, Seconds))];
        var cosigned = note.With(new NoteSignature(witness.Name, witness.Id, value));
        Assert.True(SignedNote.TryParse(cosigned.ToString(), out var read));
        Assert.Equal(2, read.Signatures.Count);
        Assert.Equal(new NoteCheck.Good(DateTimeOffset.FromUnixTimeSeconds(Seconds)), read.Check(witness, Verify));
        value[7] ^= 1;
        Assert.Equal(new NoteCheck.Forged(), note.With(new NoteSignature(witness.Name, witness.Id, value)).Check(witness, Verify));
        Assert.NotEqual(Key().Id, witness.Id);
    }

    [Fact]
    public void A_proof_is_read_back_and_holds_for_its_entry_alone()
    {
        var entries = Enumerable.Range(0, 9).Select(at => Encoding.UTF8.GetBytes($"mục {at}")).ToArray();
        var leaves = entries.Select(entry => MerkleHash.Leaf(entry)).ToArray();
        var tree = new MerkleTree(_ => leaves);
        foreach (var leaf in leaves)
            tree.Append(leaf);
        var proof = new LogProof(4, tree.Inclusion(4, 9), Note(new Checkpoint("log.mau.example/monitor", 9, tree.Root(9))));
        Assert.True(LogProof.TryParse(proof.ToString(), out var read));
        Assert.Equal(proof.ToString(), read.ToString());
        Assert.True(read.Holds(entries[4]));
        Assert.False(read.Holds(entries[5]));
        Assert.False((read with { Index = 5 }).Holds(entries[4]));
        Assert.False(LogProof.TryParse(proof.ToString().Replace("index 4", "index -4", StringComparison.Ordinal), out _));
        Assert.False(LogProof.TryParse("c2sp.org/tlog-proof@v1\nindex 1\n", out _));
    }
}

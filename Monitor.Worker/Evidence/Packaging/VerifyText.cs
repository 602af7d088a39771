namespace Monitor.Worker.Evidence.Packaging;

/// <summary>VERIFY.md: how anybody checks the package with public tools, in Vietnamese and English. A test takes the commands out of it and runs them.</summary>
internal static class VerifyText
{
    public static string Of(bool stamped) => $$"""
        # Kiểm tra gói chứng cứ này mà không cần phần mềm của chúng tôi

        Gói này là manh mối cho đến khi cơ quan điều tra thu thập theo thủ tục tố tụng (Bộ luật Tố tụng hình sự, Điều 87, 99, 107). TLS chỉ bảo vệ đường truyền, tự nó không chứng minh ai đã tạo ra nội dung.
        Chứng thư trong thư mục trust/ chỉ để tiện: hãy lấy chứng thư gốc (root.pem, tsa-root.pem) và khoá nhật ký từ nơi khác, rồi đặt vào thư mục này.

        1. Nội dung đúng với danh mục (lệnh này không phát hiện tệp THÊM vào; `monitor evidence verify` thì có):

        ```sh
        sha256sum -c --quiet --strict tagmanifest-sha256.txt
        sha256sum -c --quiet --strict manifest-sha256.txt
        ```

        2. Danh mục do cơ quan ký:

        ```sh
        openssl cms -verify -binary -inform DER -content tagmanifest-sha256.txt -in signatures/tagmanifest-sha256.txt.p7s -CAfile root.pem -purpose any -out /dev/null
        ```

        3. {{(stamped ? "Chữ ký có dấu thời gian (sau khi chứng thư hết hạn, thêm -attime với thời điểm trong dấu thời gian):" : "Gói này KHÔNG có dấu thời gian của bên thứ ba.")}}
        {{(stamped ? """

        ```sh
        openssl ts -verify -data signatures/tagmanifest-sha256.txt.p7s -in signatures/tagmanifest-sha256.txt.p7s.tsr -CAfile tsa-root.pem
        ```
        """ : "")}}
        4. Bản ghi đường truyền (WARC) nguyên vẹn; đọc được bằng công cụ công khai (npm warcio 2.4.11, js-wacz 0.1.6):

        ```sh
        for f in data/capture/*.warc.gz; do gzip -t "$f" || exit 1; done
        ```

        Mã SHA-256 của từng bản ghi, sau khi giải nén, là mã đã ghi trong nhật ký lưu vết lúc quan sát (data/custody/custody.jsonl, mục "inspect"): `gzip -dc TỆP | sha256sum`.

        5. Nhật ký lưu vết: mỗi mục trong data/custody có bằng chứng (.tlog-proof, C2SP) dẫn đến điểm kiểm data/custody/checkpoint do khoá data/custody/vkey ký:
        `monitor custody verify-proof data/custody/N.tlog-proof --entry data/custody/N.json --vkey KHOÁ`.

        # Checking this package without our software

        This package is a lead until the investigating authority collects it under procedure (Criminal Procedure Code, Articles 87, 99, 107). TLS protects the line only; by itself it proves nothing about who made the content.
        Certificates in trust/ are a convenience: get the roots (root.pem, tsa-root.pem) and the log's key from elsewhere and put them into this directory.

        1. The content is what the manifests say (this does not see an ADDED file; `monitor evidence verify` does): the first two commands above.
        2. The manifest was signed by the agency: the openssl cms command.
        3. {{(stamped ? "The signature was time-stamped: the openssl ts command (after expiry add -attime with the time in the stamp)." : "There is NO third party's time stamp in this package.")}}
        4. The wire records are whole; public tools read them. The SHA-256 of each, decompressed, is the one written to the custody log when it was seen: `gzip -dc FILE | sha256sum`.
        5. Custody log: every entry in data/custody has a proof (C2SP tlog-proof) leading to the signed checkpoint.

        """;
}

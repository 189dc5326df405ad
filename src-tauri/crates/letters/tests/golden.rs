mod support;
#[test]
fn dump() {
    for (name, case) in support::templates::all() {
        match case.set() {
            Ok(letter) => {
                std::fs::write(format!("/tmp/g/{name}.pdf"), &letter.pdf).unwrap();
                println!("{name} {} pages {} bytes {:?}", letter.pages, letter.pdf.len(), letter.findings);
                support::assert_sound(name, &letter.pdf);
            }
            Err(error) => println!("{name}: {error}"),
        }
    }
}

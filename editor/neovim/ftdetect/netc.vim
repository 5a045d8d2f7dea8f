autocmd BufRead,BufNewFile *.net set filetype=netc

" What can be told by the words alone; a language server that knows names colours over it.
if exists('b:current_syntax')
  finish
endif

" Where a stage begins, behind what may stand before it.
syntax match netcCall '\%(^\s*\|[|{;]\s*\|:\s\+\|\<share\s\+\)\@40<=\h\w*\>\%(\s*=\|(\)\@!'
syntax match netcLabel '\<\h[0-9A-Za-z_.{}]*\ze:\%(\s\|$\)'
syntax match netcOption '\<\h\w*\ze=[^ =]'
syntax match netcOption '\<[a-z]\ze\d\+\%(x\d\+\)*\>' nextgroup=netcNumber
syntax match netcNumber '\<\d\+\%(x\d\+\)\+\>'
syntax match netcNumber '\<\d\+\%(\.\d\+\)\=\%([eE][+-]\=\d\+\)\=\>'
syntax match netcNumber '\d\+\%(x\d\+\)*\>' contained
syntax match netcSign '->\|[|=<>!+*/%?-]'

syntax match netcDeclaration '^\s*\zs\%(act\|block\|import\|net\)\>'
syntax keyword netcDeclaration let
syntax keyword netcModifier as from learn share
syntax keyword netcControl else if repeat return
syntax keyword netcWordOperator and not or
syntax keyword netcBoolean false true
syntax keyword netcElement f32 i32

syntax match netcEscape '\\["\\nt]' contained
syntax region netcText start='"' skip='\\.' end='"' oneline contains=netcEscape
syntax match netcComment '#.*' contains=@Spell
syntax match netcDocumentation '##.*' contains=@Spell

highlight default link netcCall Function
highlight default link netcLabel Label
highlight default link netcOption Identifier
highlight default link netcNumber Number
highlight default link netcSign Operator
highlight default link netcDeclaration Statement
highlight default link netcModifier StorageClass
highlight default link netcControl Conditional
highlight default link netcWordOperator Operator
highlight default link netcBoolean Boolean
highlight default link netcElement Type
highlight default link netcEscape SpecialChar
highlight default link netcText String
highlight default link netcComment Comment
highlight default link netcDocumentation SpecialComment

let b:current_syntax = 'netc'
